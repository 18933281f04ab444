"""What customer support changes for somebody whom they have identified: a lock is lifted, lost authenticators
are replaced, a name or an address is corrected. Each act is on the record and told to the person.
"""

from __future__ import annotations

from portal.accounts import people
from portal.accounts.addresses import canonical
from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.link import Link, LinkKind
from portal.models.replacement import Replacement
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.refusals import Refusal
from portal.support import desk, duties
from portal.support.duties import Duty
from portal.telling import notices
from portal.telling.notices import concerned
from portal.verification import lockout, replacement

# What was corrected, in this order.
CORRECTED = {
    ("name",): later("Corrected: name."),
    ("email",): later("Corrected: e-mail address."),
    ("name", "email"): later("Corrected: name and e-mail address."),
}
NEW = {
    ("name",): later("Customer support corrected the account of %(old_name)s (%(old_email)s). New name: %(name)s."),
    ("email",): later(
        "Customer support corrected the account of %(old_name)s (%(old_email)s). New e-mail address: %(email)s."
    ),
    ("name", "email"): later(
        "Customer support corrected the account of %(old_name)s (%(old_email)s). New name: %(name)s and e-mail "
        "address: %(email)s."
    ),
}


def lift_lock(kit: Kit, by: SignIn, case_id: int) -> None:
    """Raises Refusal."""
    with writing():
        case, user = desk.demand(kit, by, case_id, Duty.LIFT_LOCK)
        if not user.is_locked(kit.now):
            raise Refusal(_("This account is not locked (any more). Nothing was changed."))
        lockout.unlock(kit, user, f"case {case.id}, by {by.user.email}", address=by.address)
        case.note(kit.now, lambda: _("The lock was lifted."))
        happened = later("Customer support lifted the lock of the account of %(name)s (%(email)s).")
        who = {"name": user.name, "email": user.email}
        notices.tell(kit, concerned(user), lambda to: (_("A lock was lifted"), _(happened, **who)))


def replace(kit: Kit, by: SignIn, case_id: int) -> Replacement:
    """Begin to replace the person's lost authenticators. Raises Refusal."""
    with writing():
        case, _user = desk.demand(kit, by, case_id, Duty.REPLACE_AUTHENTICATORS)
        return replacement.begin(kit, by, case)


def shorten_replacement(kit: Kit, by: SignIn, case_id: int) -> None:
    """Agree, as a second member of customer support, that it takes effect at once. Raises Refusal."""
    with writing():
        duties.demand(kit, by, Duty.SHORTEN_REPLACEMENT)
        case = desk.find(kit, by, case_id)
        desk.refuse_own(case, by)
        replacement.shorten(kit, by, case)


def cancel_replacement(kit: Kit, by: SignIn, case_id: int) -> None:
    """Raises Refusal."""
    with writing():
        duties.demand(kit, by, Duty.REPLACE_AUTHENTICATORS)
        replacement.cancel_in_case(kit, by, desk.find(kit, by, case_id))


def correct(kit: Kit, by: SignIn, case_id: int, name: str, email: str) -> list[str]:
    """Put name and address right; which of them changed. The old address is told too. Raises Refusal."""
    with writing():
        case, user = desk.demand(kit, by, case_id, Duty.CORRECT_ACCOUNT)
        wanted = {"name": name, "email": canonical(email)}
        changed = {column: value for column, value in wanted.items() if value != getattr(user, column)}
        if "email" in changed:
            refuse_address(user, changed["email"])
        if changed:
            put_right(kit, user, changed)
            desk.on_record(kit, "account.corrected", case, by, changed=" ".join(changed))
            case.note(kit.now, lambda: _(CORRECTED[tuple(changed)]))
        return list(changed)


def refuse_address(user: User, email: str) -> None:
    """Nobody else's, and not while a replacement runs, whose notices go to the address that is there."""
    if people.has_account(email):
        raise Refusal(_("Another account has this address. Nothing was changed."))
    if Replacement.running(user.id):
        raise Refusal(_("Authenticators are being replaced, so the address stays as it is until that is over."))


def put_right(kit: Kit, user: User, changed: dict[str, str]) -> None:
    told = concerned(user)
    if "email" in changed:
        told.append(User(id=user.id, name=user.name, email=changed["email"]))
        Link.update(used_at=kit.now).where(
            Link.user == user.id, Link.kind == LinkKind.RESET.value, Link.used_at.is_null()
        ).execute()
    User.update(changed).where(User.id == user.id).execute()
    who = {"old_name": user.name, "old_email": user.email, **changed}
    notices.tell(kit, told, lambda to: (_("An account was corrected"), _(NEW[tuple(changed)], **who)))
