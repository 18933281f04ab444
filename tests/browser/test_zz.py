import pytest
from house.asking import app_code
from .person import PAYMENT_INFORMATION
pytestmark = pytest.mark.browser

@pytest.mark.parametrize("strip",[False,True])
def test_exp(person, kit, strip):
    g = person("grace")
    if strip:
        def handle(route):
            r=route.fetch(); h={k:v for k,v in r.headers.items() if k.lower()!="cache-control"}
            route.fulfill(response=r,headers=h)
        g.context.route("**/companies/**",handle)
    g.follows("Help"); g.follows("Developer Console")
    n=len(g.watch.arrivals)
    g.page.evaluate("history.back()"); g.waits(1)
    print("HELP BACK", g.watch.arrivals[n:], g.page.url)
    print(g.page.evaluate("JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"))
    g.follows(PAYMENT_INFORMATION)
    g.fills("Six-digit code", app_code(kit)).clicks("Verify").is_at("Payment Information").sees("3000")
    g.follows("Home")
    n=len(g.watch.arrivals)
    g.page.evaluate("history.back()"); g.waits(1.5)
    print("PI BACK", g.watch.arrivals[n:], g.page.url, g.text[:100])
    print(g.page.evaluate("JSON.stringify(performance.getEntriesByType('navigation')[0].notRestoredReasons)"))
    print(g.page.evaluate("Object.keys(sessionStorage)"))
