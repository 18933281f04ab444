"""The audit log, for customer support: searched by person, company, kind and time, newest first."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from portal.language import gettext as _
from portal.record import kinds, reading
from portal.record.kinds import KINDS
from portal.record.reading import Search
from portal.record.writing import record
from portal.support.duties import Duty
from portal.web.current import kit, sign_in
from portal.web.guards import staff
from portal.web.pages import page

room = Blueprint("desk_log", __name__, url_prefix="/desk/log")

FIELDS = ("person", "company", "kind", "since", "until")


@room.get("")
@staff(Duty.READ_LOG)
def events() -> Response:
    typed = {name: request.args.get(name, "").strip()[:254] for name in FIELDS}
    try:
        search = read(typed)
    except ValueError:
        error = _("Write a time like 2026-03-31 or 2026-03-31T14:00, in UTC.")
        return log_page(typed, 422, error=error)
    shown, below = reading.page(request.args.get("below", ""), *search.conditions())
    if any(typed.values()):
        record(kit(), "log.searched", by=sign_in(), reason=" ".join(f"{k}={v}" for k, v in typed.items() if v))
    further = f"{request.path}?{urlencode({**typed, 'below': below})}" if below else ""
    names, called = reading.names(shown), reading.companies(shown)
    return log_page(typed, rows=shown, people=names, companies_by_id=called, further=further)


def log_page(typed: dict[str, str], status: int = 200, **more: Any) -> Response:
    about: dict[str, Any] = {"rows": [], "kinds": kinds.kinds(), "error": "", "typed": typed, **more}
    return page("support/log.html", status, **about)


def read(typed: dict[str, str]) -> Search:
    """Raises ValueError for a time that is none."""
    kind = typed["kind"] if typed["kind"] in KINDS else ""
    return Search(typed["person"], typed["company"], kind, moment(typed["since"]), moment(typed["until"]))


def moment(text: str) -> datetime | None:
    found = datetime.fromisoformat(text) if text else None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)
