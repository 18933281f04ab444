"""The person of a case, as each desk may see them; and who has to hear of what a desk does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.kit import Kit
from portal.language import gettext as _
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.case import Case
from portal.models.company import Company, Membership
from portal.models.event import Event
from portal.models.replacement import Replacement
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.support import duties
from portal.support.duties import Duty
from portal.text import ending

EVENTS = 20


@dataclass(frozen=True)
class Way:
    """One way to verify, without what it is made of."""

    words: str
    where: str
    used_at: datetime | None
    preferred: bool


@dataclass(frozen=True)
class About:
    """What customer support sees of somebody: never a number, a code, a secret or payment data."""

    user: User
    ways: list[Way]
    locked_until: datetime | None
    memberships: list[Membership]
    events: list[Event]
    replacement: Replacement | None
    number_on_file: str  # a sentence that says whose it is; empty for one that is on no file


def is_ready(kit: Kit, by: SignIn, case: Case) -> bool:
    """Whether the person has anything to verify with: all that developer support sees."""
    duties.demand(kit, by, Duty.SEE_READY)
    return bool(Authenticator.of(case.user_id))


def about(kit: Kit, by: SignIn, case: Case) -> About:
    """Raises NotAllowed without the power."""
    duties.demand(kit, by, Duty.SEE_ACCOUNT)
    user: User = User.get_by_id(case.user_id)
    mine = Authenticator.of(user.id)
    memberships = Membership.select(Membership, Company).join(Company).where(Membership.user == user.id)
    companies = list(memberships.order_by(Company.name))
    events = Event.select().where(Event.user == user.id).order_by(Event.id.desc()).limit(EVENTS)
    locked_until = user.locked_until if user.is_locked(kit.now) else None
    ways = [way(row) for row in mine]
    on_file = file_words(case.number, mine, companies)
    return About(user, ways, locked_until, companies, list(events), Replacement.running(user.id), on_file)


def way(row: Authenticator) -> Way:
    app = _("App “%(name)s”", name=row.name)
    words = app if row.kind == Kind.APP else _("Phone ending %(ending)s", ending=ending(row.phone))
    where = _("My Account") if row.place == Place.MY_ACCOUNT else _("Account site")
    return Way(words, where, row.used_at, row.preferred)


def file_words(number: str, mine: list[Authenticator], memberships: list[Membership]) -> str:
    """Whose number this is, of those on file; a number that is on no file identifies nobody."""
    if number and any(row.phone == number for row in mine):
        return _("It is the person’s own number.")
    called = next((each.company.name for each in memberships if number and each.company.phone == number), "")
    return _("It is %(whose)s’s number.", whose=called) if called else ""
