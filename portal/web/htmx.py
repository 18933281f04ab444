"""The hall: htmx, which asks for pages and swaps their <main> into the one that stands there. Nothing else knows it."""

from __future__ import annotations

from typing import cast

from flask import Response, request
from htmx_flask.requests import HtmxAwareRequest, HtmxHeaders

VARY = "HX-Request, HX-Target"  # an answer depends on these headers too


class Htmx4Headers(HtmxHeaders):
    """htmx-flask speaks htmx 1 and 2; htmx 4 names its target with the tag before it (`main#main`)."""

    @property
    def target(self) -> str | None:
        named = self._headers.get("HX-Target")
        return named.rpartition("#")[2] if named else None


class Htmx4Request(HtmxAwareRequest):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.htmx = Htmx4Headers(self.headers)


def htmx() -> Htmx4Headers:
    return cast(Htmx4Request, request).htmx


def swaps_main() -> bool:
    """Whether the answer is swapped into the page that stands there, not shown as one of its own."""
    return bool(htmx()) and not htmx().history_restore_request


def whole_page_at(url: str) -> Response:
    """Have htmx open a whole new page, as nothing of it fits the present one."""
    return Response(status=204, headers={"HX-Redirect": url, "Vary": VARY})
