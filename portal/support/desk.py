"""Cases as staff have them: a queue for each desk, each case the work of one person, and in it what customer support
may do once they know with whom they speak.
"""

from __future__ import annotations

from portal.accounts.staff import Desk
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.case import Came, Case, Identified
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record.writing import record
from portal.refusals import Refusal
from portal.support import duties, messages
from portal.support.cases import NoSuchCase
from portal.support.duties import Duty

LONGEST_NOTE = 500
COLLEAGUE = later("This is the account of a colleague. The operator looks after the accounts of staff.")


def queue(kit: Kit, by: SignIn, *, closed: bool = False) -> list[Case]:
    """The open cases of one's desk, urgent ones first, then who has waited longest; or the ones closed last."""
    staff = duties.demand(kit, by, Duty.ANSWER_CASES)
    mine = Case.select(Case, User).join(User, on=(Case.user == User.id)).where(Case.desk == staff.staff)
    if closed:
        return list(mine.where(Case.closed_at.is_null(False)).order_by(Case.closed_at.desc()).limit(50))
    rows = list(mine.where(Case.closed_at.is_null()))
    return sorted(rows, key=lambda row: (not row.urgent, row.waiting_since is None, row.waiting_since or row.said_at))


def find(kit: Kit, by: SignIn, case_id: int) -> Case:
    """A case of one's own desk. Raises NoSuchCase."""
    staff = duties.demand(kit, by, Duty.ANSWER_CASES)
    case: Case | None = Case.get_or_none(Case.id == case_id, Case.desk == staff.staff)
    if case is None:
        raise NoSuchCase
    return case


def take(kit: Kit, by: SignIn, case_id: int) -> None:
    """Make it one's work. Raises Refusal where somebody else was quicker."""
    with writing():
        case = find(kit, by, case_id)
        refuse_own(case, by)
        if not Case.take(case.id, by.user_id):
            raise Refusal(taken_words(case, by))
        on_record(kit, "case.taken", case, by)
        case.note(kit.now, lambda: _("%(name)s took the case.", name=by.user.name))


def release(kit: Kit, by: SignIn, case_id: int) -> None:
    """Put it back for somebody else, who has to identify the person anew. Raises Refusal."""
    with writing():
        case = taken(kit, by, case_id)
        Case.update(**FORGOTTEN).where(Case.id == case.id).execute()
        on_record(kit, "case.released", case, by)
        case.note(kit.now, lambda: _("%(name)s put the case back.", name=by.user.name))


def reply(kit: Kit, by: SignIn, case_id: int, typed: str) -> None:
    """Answer in a case that one has taken. Raises Refusal."""
    text = messages.read(kit, by, typed)
    with writing():
        taken(kit, by, case_id).add(text, kit.now, by.user, by_staff=True)


def close(kit: Kit, by: SignIn, case_id: int) -> None:
    """End it; what was known of the person's identity ends with it. Raises Refusal."""
    with writing():
        case = taken(kit, by, case_id)
        ended = {"closed_at": kit.now, "waiting_since": None, "urgent": False, **FORGOTTEN}
        Case.update(**ended).where(Case.id == case.id).execute()
        on_record(kit, "case.closed", case, by)
        case.note(kit.now, lambda: _("The case was closed."))


def reopen(kit: Kit, by: SignIn, case_id: int) -> None:
    """Go on with a closed case, unless the person has opened another one since. Raises Refusal."""
    with writing():
        case = find(kit, by, case_id)
        refuse_own(case, by)
        User.get_by_id(case.user_id)
        if case.is_open:
            raise Refusal(_("This case is open already."))
        if other := Case.open_of(case.user_id, case.desk):
            raise Refusal(_("This person has another open case, number %(number)s. Go on there.", number=other.id))
        Case.update(closed_at=None, taken_by=by.user_id).where(Case.id == case.id).execute()
        on_record(kit, "case.reopened", case, by)
        case.note(kit.now, lambda: _("%(name)s opened the case again.", name=by.user.name))


def identify(kit: Kit, by: SignIn, case_id: int, how: Identified, note: str) -> None:
    """Record how it is known with whom one speaks, before anything is changed. Raises Refusal."""
    missing = _("Write down what was called or compared, in 1 to %(most)s characters.", most=LONGEST_NOTE)
    note = noted(kit, by, note, missing)
    with writing():
        case = taken(kit, by, case_id, Duty.IDENTIFY)
        spoken(case)
        told = {"identified_how": how, "identified_note": note, "identified_by": by.user_id, "identified_at": kit.now}
        Case.update(**told).where(Case.id == case.id).execute()
        on_record(kit, "case.identified", case, by, how=how)


def noted(kit: Kit, by: SignIn, typed: str, missing: str) -> str:
    """What staff write down about a conversation, as it is kept. Raises Refusal, which says what is `missing`."""
    note = messages.tidied(typed)
    if not note or len(note) > LONGEST_NOTE:
        raise Refusal(missing)
    messages.refuse_codes(kit, by, note)
    return note


def demand(kit: Kit, by: SignIn, case_id: int, duty: Duty) -> tuple[Case, User]:
    """What every change of an account asks, in the transaction that makes it: the duty, a case that came by chat or
    phone, taken and identified by this very member of staff. The case and its person, held. Raises Refusal."""
    case = taken(kit, by, case_id, duty)
    spoken(case)
    if case.identified_by_id != by.user_id:
        raise Refusal(_("Record first how you identified the person."))
    return case, User.get_by_id(case.user_id)


def taken(kit: Kit, by: SignIn, case_id: int, duty: Duty = Duty.ANSWER_CASES) -> Case:
    """An open case that is this person's work. Raises Refusal, NoSuchCase or NotAllowed."""
    duties.demand(kit, by, duty)
    case = find(kit, by, case_id)
    refuse_own(case, by)
    if not case.is_open:
        raise Refusal(_("This case is closed. Open it again first."))
    if case.taken_by_id != by.user_id:
        raise Refusal(taken_words(case, by))
    return case


def refuse_own(case: Case, by: SignIn) -> None:
    """Nobody at a desk works on themselves, nor on a case that a colleague opened as a person."""
    if case.user_id == by.user_id:
        raise Refusal(_("This case is your own. Nobody at a desk works on their own account."))
    if case.user.staff and case.desk == Desk.CUSTOMER_SUPPORT:
        raise Refusal(_(COLLEAGUE))


def spoken(case: Case) -> None:
    if case.came not in (Came.CHAT, Came.PHONE):
        raise Refusal(_("Nobody has spoken with this person yet: changes are made in cases by chat or phone alone."))


def taken_words(case: Case, by: SignIn) -> str:
    if not case.is_open:
        return _("This case was closed meanwhile. Nothing was changed.")
    if case.taken_by is None:
        return _("Take the case first.")
    if case.taken_by_id == by.user_id:
        return _("This case is yours already.")
    return _("%(name)s has taken this case. Nothing was changed.", name=case.taken_by.name)


def on_record(kit: Kit, kind: str, case: Case, by: SignIn, **details: object) -> None:
    """An event about the person of the case, with who at the desk did it."""
    who = {"by": by, "about": case.user, "by_name": by.user.email}
    record(kit, kind, case=case.id, desk=case.desk, **who, **details)  # type: ignore[arg-type]


FORGOTTEN: dict[str, object] = {
    "taken_by": None,
    "identified_how": "",
    "identified_note": "",
    "identified_by": None,
    "identified_at": None,
}
