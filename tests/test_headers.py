"""What goes with every answer: policies, cookies, and nothing that a browser or a proxy may keep."""

import pytest
from house.asking import PAYMENT

ANSWERS = ["/sign-in", "/", "/nothing-here", PAYMENT, "/healthz", "/dev/phones"]
FILE = "/static/css/base.css"


@pytest.fixture
def answer(visitor):
    return lambda path, **more: visitor().client.get(path, buffered=True, **more)


@pytest.fixture
def over_https(app_with):
    return app_with(url="https://console.example.com").test_client()


def at(client, path: str):
    return client.get(path, base_url="https://console.example.com", buffered=True)


def directives(answer) -> dict[str, str]:
    parts = [each.strip().partition(" ") for each in answer.headers["Content-Security-Policy"].split(";")]
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", ANSWERS)
def test_the_content_policy_knows_nothing_unsafe(answer, path):
    policy = directives(answer(path))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in str(policy)
    assert "*" not in str(policy)


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_is_guarded_against_guessing_leaking_and_framing(answer, path):
    headers = answer(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] in ("same-origin", "no-referrer", "strict-origin")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ANSWERS)
def test_no_page_is_kept_by_anybody(answer, path):
    assert answer(path).headers["Cache-Control"] == "no-store"


def test_a_protected_page_and_its_part_are_not_kept(verified):
    grace = verified()
    for headers in ({}, {"HX-Request": "true", "HX-Target": "main#main"}):
        assert grace.client.get(PAYMENT, headers=headers).headers["Cache-Control"] == "no-store"


def test_what_never_changes_may_be_kept(answer):
    assert "max-age=31536000" in answer(FILE).headers["Cache-Control"]


def test_a_file_is_no_page_and_in_no_frame(answer):
    assert directives(answer(FILE)) == {"default-src": "'none'", "frame-ancestors": "'none'"}
    assert answer(FILE).headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["%00", "a" * 3000, "../portal/app.py", "css/", "css/%2e%2e/%2e%2e/run.py"])
def test_a_file_that_cannot_be_is_not_found(answer, name):
    assert answer(f"/static/{name}").status_code == 404


def test_a_file_goes_over_the_wire_compressed_and_a_page_never(visitor):
    ask = visitor().client.get
    with ask(FILE, headers={"Accept-Encoding": "gzip"}) as small:
        assert small.headers["Content-Encoding"] == "gzip"
    with ask(FILE) as plain:
        assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in ask("/sign-in", headers={"Accept-Encoding": "gzip"}).headers


def test_a_posted_error_has_the_same_headers(visitor):
    answer = visitor().client.post("/sign-in", data={})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_https_is_kept_for_two_years(over_https):
    for path in ("/sign-in", "/nothing-here", FILE):
        assert at(over_https, path).headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


def test_plain_http_promises_nothing(answer):
    assert "Strict-Transport-Security" not in answer("/sign-in").headers


def test_the_cookie_is_for_this_host_alone_and_no_script_reads_it(over_https):
    cookie = at(over_https, "/sign-in").headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    for flag in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert flag in cookie.split("; ")
    assert "Domain" not in cookie


def test_the_cookie_of_the_demo_is_closed_to_scripts_too(answer):
    cookie = answer("/sign-in").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))


def test_signing_out_clears_what_the_browser_kept(person):
    grace = person("grace")
    assert grace.sends("/sign-out").headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost:80@evil.example", "", "a b", "[::1"]
)
def test_another_host_is_refused(visitor, host):
    answer = visitor().client.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400 or (host == "" and answer.status_code < 500)
    assert "evil" not in answer.text


def test_no_answer_names_the_server_or_its_language(answer):
    assert not {"X-Powered-By", "X-AspNet-Version"} & set(answer("/sign-in").headers.keys())


def test_forwarded_headers_count_only_behind_proxies(app_with):
    client = app_with(trusted_proxies=0).test_client()
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers


def test_behind_a_proxy_the_forwarded_address_counts(app_with):
    client = app_with(trusted_proxies=1).test_client()
    answer = client.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert "Strict-Transport-Security" in answer.headers
