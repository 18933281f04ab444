"""Cases as their person has them: one open case for each desk, continued until it is closed. Reaching a desk needs
a right password and nothing else; whoever is locked out of everything reaches it too.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.accounts.staff import Desk
from portal.clock import between
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.models.case import Came, Case, Line
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.support import messages
from portal.telephony.protocol import Channel
from portal.verification import numbers

HERE = timedelta(seconds=30)
NOTED_EVERY = timedelta(seconds=10)
SHOWN = 200  # lines of a long conversation, at first


class NoSuchCase(Exception):
    """No case of this person, or of this desk: nothing tells the two apart."""


def say(kit: Kit, by: SignIn, desk: Desk, typed: str) -> Case:
    """Write to a desk, in the case that is open or a new one. Raises Refusal or NotBefore."""
    text = messages.read(kit, by, typed)
    with writing():
        messages.spend_quota(kit, by)
        case = opened(kit, by, desk, Came.CHAT)
        case.add(text, kit.now, by.user)
        return case


def ask_to_call(kit: Kit, by: SignIn, number: str, when: str) -> Case:
    """Ask customer support to call back. Raises numbers.NumberRefused, Refusal or NotBefore."""
    e164 = numbers.parse(number, region=kit.settings.region, channel=Channel.CALL)
    messages.refuse_codes(kit, by, when)
    with writing():
        messages.spend_quota(kit, by)
        case = opened(kit, by, Desk.CUSTOMER_SUPPORT, Came.PHONE)
        Case.update(number=e164, call_when=when).where(Case.id == case.id).execute()
        asked = _("Call me back on %(number)s.", number=numbers.pretty(e164))
        case.add(f"{asked} {when}".strip(), kit.now, by.user)
        return case


def urgent(kit: Kit, user: User, address: str) -> Case:
    """Somebody said that something was not them: customer support hears of it at once."""
    with writing():
        User.get_by_id(user.id)
        case = Case.open_of(user.id, Desk.CUSTOMER_SUPPORT) or make(kit, user, Desk.CUSTOMER_SUPPORT, Came.REPORT)
        if not case.urgent:
            Case.update(urgent=True).where(Case.id == case.id).execute()
            record(kit, "case.urgent", user=user, address=address, case=case.id)
        case.note(kit.now, lambda: _("“This wasn’t me” was pressed: other sign-ins ended, and changes are frozen."))
        Case.update(waiting_since=kit.now).where(Case.id == case.id).execute()
        return case


def opened(kit: Kit, by: SignIn, desk: Desk, came: Came) -> Case:
    """The open case, or a new one, in the caller's transaction; it came the way that was used last."""
    User.get_by_id(by.user_id)
    case = Case.open_of(by.user_id, desk)
    if case is None:
        case = make(kit, by.user, desk, came)
        record(kit, "case.opened", by=by, case=case.id, desk=desk, channel=came)
    Case.update(came=came).where(Case.id == case.id).execute()
    return case


def make(kit: Kit, user: User, desk: Desk, came: Came) -> Case:
    case: Case = Case.create(user=user, desk=desk, came=came, opened_at=kit.now, said_at=kit.now)
    return case


def of(user: User) -> list[Case]:
    """Everything that this person and the desks have talked about, newest first."""
    return list(Case.select().where(Case.user == user.id).order_by(Case.id.desc()))


def latest(user: User, desk: Desk) -> Case | None:
    """The open case with this desk, or the one that was closed last."""
    return next((case for case in of(user) if case.desk == desk), None)


def own(user: User, case_id: int) -> Case:
    """Raises NoSuchCase."""
    case: Case | None = Case.get_or_none(Case.id == case_id, Case.user == user.id)
    if case is None:
        raise NoSuchCase
    return case


def transcript(case: Case, *, whole: bool = False) -> list[Line]:
    """The lines, oldest first; the newest of them unless all are asked for."""
    lines = Line.select(Line, User).left_outer_join(User).where(Line.case == case.id).order_by(Line.id.desc())
    return list(lines if whole else lines.limit(SHOWN))[::-1]


def note_seen(kit: Kit, case: Case, *, staff: bool) -> None:
    """Somebody looks at the conversation now."""
    column = "staff_seen_at" if staff else "person_seen_at"
    seen: datetime | None = getattr(case, column)
    if seen is None or abs(kit.now - seen) >= NOTED_EVERY:
        setattr(case, column, kit.now)
        Case.update({column: kit.now}).where(Case.id == case.id).execute()


def is_here(kit: Kit, seen: datetime | None) -> bool:
    return seen is not None and between(seen, kit.now, seen + HERE)


def is_live(kit: Kit, case: Case) -> bool:
    """Whether its page asks for news by itself: not for ever, as an unwatched page would keep its sign-in alive."""
    idle = timedelta(minutes=kit.settings.sign_in_idle_minutes)
    return case.is_open and kit.now < case.said_at + idle
