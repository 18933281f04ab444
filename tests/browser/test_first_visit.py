"""What a first visit costs: under 60 KB over the wire for each page, and nothing from elsewhere."""

import pytest
from house.asking import PAYMENT

pytestmark = pytest.mark.browser

KB = 1000
SETTINGS = "/account/login-and-security/2-step-verification"


@pytest.mark.parametrize("path", ["/", PAYMENT, f"{PAYMENT}/edit", SETTINGS, "/companies/1/settings/users", "/help"])
def test_a_page_weighs_less_than_sixty_kilobytes(person, path):
    mary = person("mary")
    if path.startswith(f"{PAYMENT}/"):
        mary.opens(PAYMENT)
    assert weight(mary.another_tab().page, mary.url + path) < 60 * KB


@pytest.mark.parametrize("path", ["/sign-in", "/help", "/dev/phones"])
def test_so_does_a_page_for_strangers(visitor, path):
    stranger = visitor()
    assert weight(stranger.page, stranger.url + path) < 60 * KB


def weight(page, url):
    """Bytes over the wire, headers and all, with nothing in the cache; live reload, which is for designers, aside."""
    asked, bytes_of = {}, {}
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.requestWillBeSent", lambda sent: asked.update({sent["requestId"]: sent["request"]["url"]}))
    wire.on("Network.loadingFinished", lambda got: bytes_of.update({got["requestId"]: got["encodedDataLength"]}))
    page.goto(url, wait_until="load")
    page.wait_for_timeout(300)
    here = url[: url.index("/", 8)]
    assert [each for each in asked.values() if not each.startswith(here)] == []
    return sum(size for request, size in bytes_of.items() if "live" not in asked[request])
