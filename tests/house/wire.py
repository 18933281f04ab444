"""A client that speaks HTTP to a server process, with the few words of Flask's test client that Browser knows."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urlsplit


@dataclass
class Asked:
    path: str


@dataclass
class Answer:
    status_code: int
    text: str
    headers: Message
    request: Asked

    @property
    def mimetype(self) -> str:
        return self.headers.get_content_type()


class Wire:
    def __init__(self, base: str, seconds: float = 30) -> None:
        self.base, self.seconds = base, seconds
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, headers: dict[str, str] | None = None, **_: object) -> Answer:
        return self.asks(path, None, headers)

    def post(self, path: str, data: dict[str, str], headers: dict[str, str] | None = None, **_: object) -> Answer:
        return self.asks(path, urlencode(data).encode(), headers)

    def asks(self, path: str, body: bytes | None, headers: dict[str, str] | None) -> Answer:
        request = urllib.request.Request(self.base + path, body, headers or {})  # noqa: S310, the test's own server
        try:
            answer = self.opener.open(request, timeout=self.seconds)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.read().decode(), answer.headers, Asked(urlsplit(answer.url).path))
