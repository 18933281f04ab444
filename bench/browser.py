"""A browser as small as the journeys allow: it keeps cookies, follows redirects and fills in forms."""

from __future__ import annotations

import html
import re
import socket
from http.client import HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from targets import Form, Target, Value

REDIRECTS_AT_MOST = 8
TAG = re.compile(r"<[^>]*>")


class Wrong(Exception):
    """The target answered something else than it must; the message has the beginning of what it said."""


class Connection:
    """One lasting connection; a request leaves in one piece, an answer is read to its end."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[HTTPResponse, str]:
        self.socket.sendall(request)
        answer = HTTPResponse(self.socket)
        answer.begin()
        page = answer.read().decode()
        if answer.will_close:
            self.close()
            self.connect()
        return answer, page

    def close(self) -> None:
        self.socket.close()


class Browser:
    """One person's; `status`, `path` and `page` are what stands in its window. It is given a connection to use."""

    connection: Connection

    def __init__(self, target: Target, number: int, phone: str, secret: str, cookies: dict[str, str]) -> None:
        self.target, self.cookies = target, cookies
        self.number, self.phone, self.secret = number, phone, secret
        self.status, self.path, self.page = 0, "", ""
        self.requests = 0

    def open(self, path: str) -> None:
        self.go("GET", path, {}, {})

    def submit(self, form: Form, **typed: str) -> None:
        """Send a form of the page that stands there; where the target has htmx, as htmx sends it."""
        fields = {name: self.value(value) for name, value in form.fields.items()}
        path = self.value(form.action) or self.path
        self.go("POST", path, fields | typed, self.target.htmx)

    def value(self, value: Value) -> str:
        if isinstance(value, str):
            return value
        found = value.search(self.page)
        if not found:
            raise Wrong(f"There is no {value.pattern} on the page: {self.excerpt}")
        return html.unescape(found[1])

    def go(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> None:
        """Ask, and follow: with the same headers, or, where htmx leaves a redirect to the browser, without them."""
        for _ in range(REDIRECTS_AT_MOST):
            answer, page = self.connection.ask(self.request(method, path, fields, headers))
            self.requests += 1
            self.keep_cookies(answer)
            to_browser, to_htmx = answer.getheader("HX-Redirect"), answer.getheader("Location")
            if not to_browser and not to_htmx:
                self.status, self.path, self.page = answer.status, path, page
                return
            method, path, fields = "GET", local(to_browser or to_htmx or ""), {}
            headers = {} if to_browser else headers
        raise Wrong(f"{path} redirects for ever")

    def request(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> bytes:
        here, body = f"127.0.0.1:{self.connection.port}", urlencode(fields)
        sent = {
            "Host": here,
            "User-Agent": "bench/1",
            "Accept": "text/html",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **headers,
        }
        if method == "POST":
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
            sent |= {"Origin": f"http://{here}", "Referer": f"http://{here}{path}"}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items())]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                if cookie["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = cookie.coded_value

    @property
    def excerpt(self) -> str:
        words = TAG.sub(" ", self.page).split()
        return f"{self.status} at {self.path}: {' '.join(words)[:600]}"


def local(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
