"""Somebody rings the desk, and nothing else: customer support opens the case for them."""

from __future__ import annotations

from portal.accounts.addresses import canonical
from portal.accounts.staff import Desk
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.models.case import Came, Case
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.refusals import Refusal
from portal.support import cases, desk, duties
from portal.support.duties import Duty
from portal.telling import notices


class WrongPerson(Refusal):
    """Nobody has the address, or no case is opened for who has it."""


def open_case(kit: Kit, by: SignIn, email: str, about: str) -> Case:
    """Open a case for the caller, or go on with the one that they have open, as one's own work. Whoever is on the phone
    has to be identified, also where somebody was before. Raises WrongPerson or Refusal."""
    missing = _("Write down what it is about, in 1 to %(most)s characters.", most=desk.LONGEST_NOTE)
    about = desk.noted(kit, by, about, missing)
    with writing():
        duties.demand(kit, by, Duty.OPEN_CASES)
        user = caller(by, email)
        case = Case.open_of(user.id, Desk.CUSTOMER_SUPPORT)
        if case is None:
            case = cases.make(kit, user, Desk.CUSTOMER_SUPPORT, Came.PHONE)
            desk.on_record(kit, "case.opened", case, by, channel=Came.PHONE)
        refuse_taken(case, by)
        mine = {**desk.FORGOTTEN, "came": Came.PHONE, "taken_by": by.user_id}
        Case.update(**mine).where(Case.id == case.id).execute()
        desk.on_record(kit, "case.taken", case, by, channel=Came.PHONE)
        case.add(_("On the phone: %(about)s", about=about), kit.now, by.user, by_staff=True)
        notices.tell(kit, [user], words_of_call)
        return case


def caller(by: SignIn, email: str) -> User:
    """The person with this address. Raises WrongPerson."""
    user: User | None = User.get_or_none(User.email == canonical(email))
    if user is None:
        raise WrongPerson(_("Nobody has an account with this address. Ask the caller how it is spelled."))
    if user.id == by.user_id:
        raise WrongPerson(_("This is your own address. Nobody at a desk works on their own account."))
    if user.staff:
        raise WrongPerson(_(desk.COLLEAGUE))
    return user


def refuse_taken(case: Case, by: SignIn) -> None:
    if case.taken_by is not None and case.taken_by_id != by.user_id:
        raise WrongPerson(
            _(
                "%(name)s has taken the open case of this person, number %(number)s. Put the call through to them.",
                name=case.taken_by.name,
                number=case.id,
            )
        )


def words_of_call(to: User) -> tuple[str, str]:
    return _("Customer support opened a case for you"), _(
        "Somebody rang customer support and gave your e-mail address, so a case was opened for you. Nothing is changed "
        "before they know that it is you."
    )
