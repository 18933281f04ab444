"""The hall: giving a page, or the live part of one, and going on."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict

from portal.web.frame import fill
from portal.web.htmx import VARY, swaps_main, whole_page_at

PART = "layouts/part.html"


def page(template: str, status: int = 200, **context: Any) -> Response:
    """The whole page; or to htmx, which swaps it into place, its <main> alone."""
    part = PART if swaps_main() else None
    response = make_response(fill(render_template(template, part=part, **context)), status)
    response.headers["Vary"] = VARY
    return response


def go(endpoint: str, **values: object) -> Response:
    """On to another page: by GET, whatever came before."""
    return go_to(url_for(endpoint, **values))  # type: ignore[arg-type]


def go_to(url: str) -> Response:
    """The same for an address of ours. To htmx a whole new page, as nothing of it fits the present one."""
    if swaps_main():
        return whole_page_at(url)
    return redirect_to(url)


def redirect_to(url: str) -> Response:
    response: Response = redirect(url, 303)  # type: ignore[assignment]
    return response


def go_on_here(**query: str) -> Response:
    """The present address again, by GET; htmx swaps what it gets into the page that stands there."""
    return redirect_to(url_for(request.endpoint or "", **{**(request.view_args or {}), **query}))


def here(**query: str) -> Response:
    """The same after a form that was sent to this very address, and did what it should: to htmx the page at once, in
    the same answer."""
    if not swaps_main():
        return go_on_here(**query)
    rule, arguments = current_app.create_url_adapter(request).match(method="GET", return_rule=True)  # type: ignore[union-attr]
    request.method, request.url_rule, request.view_args = "GET", rule, dict(arguments)
    request.__dict__ |= {"args": ImmutableMultiDict(query), "values": CombinedMultiDict([ImmutableMultiDict(query)])}
    return cast(Response, current_app.view_functions[rule.endpoint](**arguments))
