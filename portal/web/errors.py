"""The hall: what is said when something cannot be done. Always a page of ours, never a trace."""

from __future__ import annotations

import logging

from flask import Flask, Response, request
from flask_wtf.csrf import CSRFError
from jinja2 import TemplateSyntaxError
from peewee import PeeweeException
from werkzeug.exceptions import HTTPException, SecurityError

from portal.accounts.sign_ins import Ended
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company, Membership, Role
from portal.record.writing import record
from portal.refusals import NotAllowed
from portal.verification.authenticators import NotYours
from portal.verification.challenges import Locked
from portal.verification.gate import Obstacle
from portal.web.current import kit, sign_in
from portal.web.pages import go_on_here, page

log = logging.getLogger(__name__)

# Status to title, what happened, what to do.
WORDS = {
    400: (
        later("That did not work"),
        later("The page sent something that we cannot read."),
        later("Go back, reload the page, and try again."),
    ),
    403: (
        later("No access"),
        later("This page is not open to you."),
        later("Ask an administrator of your company if you need it."),
    ),
    404: (
        later("Page not found"),
        later("There is nothing at this address."),
        later("Check the address, or start again from Home."),
    ),
    405: (
        later("That did not work"),
        later("This address does not take what was sent."),
        later("Start again from Home."),
    ),
    413: (
        later("Too much at once"),
        later("What was sent is larger than any form of ours."),
        later("Go back and shorten it."),
    ),
    429: (
        later("Too many requests"),
        later("That was a lot in a short time."),
        later("Wait a minute, then try again."),
    ),
    500: (
        later("Something is broken"),
        later("This is our fault, and nothing was changed."),
        later("Try again in a minute."),
    ),
    503: (
        later("Not available"),
        later("We cannot reach our own records, so nothing was changed."),
        later("Try again in a minute."),
    ),
}


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(SecurityError, foreign_host)
    for meanwhile in (Obstacle, Locked, NotYours, Ended):
        app.register_error_handler(meanwhile, came_up_meanwhile)
    app.register_error_handler(NotAllowed, no_power)
    app.register_error_handler(PeeweeException, no_records)
    app.register_error_handler(TemplateSyntaxError, broken_template)
    app.register_error_handler(Exception, broken)


def error_page(status: int, title: str = "", happened: str = "", next_step: str = "") -> Response:
    words = WORDS.get(status, WORDS[400 if status < 500 else 500])
    given = (title or _(words[0]), happened or _(words[1]), next_step or _(words[2]))
    return page("error.html", status, title=given[0], happened=given[1], next_step=given[2])


def http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 and error.response is None:
        return error.get_response()  # type: ignore[return-value]
    if status < 400:
        return error.response  # type: ignore[return-value]
    return error_page(status)


def foreign_host(error: SecurityError) -> Response:
    """Without a host of ours there is no address that a page could link to."""
    return Response("There is nothing here under this name.\n", 400, mimetype="text/plain")


def stale_form(error: CSRFError) -> Response:
    happened = _("This form is from an earlier sign-in, or cookies are switched off. Nothing was changed.")
    return error_page(400, _("This form is out of date"), happened, _("Reload the page, and send it again."))


def came_up_meanwhile(error: Exception) -> Response:
    """A role taken, a lock or an ended sign-in that came between the guard and the write: the guard, asked
    again at the same address, says what it is."""
    return go_on_here()


def no_power(error: NotAllowed) -> Response:
    """The role was taken between the guard and the write; nothing was written."""
    return error_page(403)


def no_records(error: PeeweeException) -> Response:
    log.error("the database does not answer: %s", type(error).__name__, exc_info=error)
    return error_page(503)


def broken_template(error: TemplateSyntaxError) -> Response:
    """In the demo a designer is at work, who is told where; live reload shows the page again once it is mended."""
    log.error("%s, line %s: %s", error.name, error.lineno, error.message)
    if not kit().settings.demo:
        return error_page(500)
    where = _("In %(file)s, line %(line)s: %(what)s", file=error.name, line=error.lineno, what=error.message)
    return error_page(500, _("This template has an error"), where, _("Mend it and save. This page follows by itself."))


def broken(error: Exception) -> Response:
    log.error("unexpected", exc_info=error)
    return error_page(500)


# What is not somebody's to see: on the record


def refuse_role(mine: Membership) -> Response:
    """Whose role has not the power."""
    record(kit(), "access.refused", by=sign_in(), company=mine.company, page=request.path)
    happened = _(
        "Your role in %(company)s is %(role)s, which does not open this page.",
        company=mine.company.name,
        role=Role(mine.role).words,
    )
    return error_page(403, _("No access"), happened, _("Ask an administrator of the company."))


def refuse_member(company: Company) -> Response:
    """Who is no administrator."""
    record(kit(), "access.refused", by=sign_in(), company=company, page=request.path)
    happened = _("Only administrators of a company can open its Payment Information, or change who belongs to it.")
    return error_page(403, _("No access"), happened, _("Ask an administrator of the company, or to be made one."))


def refuse_staff() -> Response:
    """Not for this desk, or for no desk."""
    record(kit(), "access.refused", by=sign_in(), page=request.path)
    happened, next_step = _("Your sign-in has no power for this."), _("What each desk may do is on Support.")
    return error_page(403, _("No access"), happened, next_step)
