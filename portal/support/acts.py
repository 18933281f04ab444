"""What customer support changes for somebody whom they have identified: a lock is lifted, a name or an address is
corrected. Each act is on the record and told to the person.
"""

from __future__ import annotations

from portal import notices
from portal.accounts import joining
from portal.accounts.signing_in import canonical
from portal.database import writing
from portal.kit import Kit
from portal.models.case import Recovery
from portal.models.link import Link, LinkKind
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.support import cases, desk
from portal.support.people import concerned
from portal.support.powers import Power
from portal.support.words import Refusal
from portal.verification import lockout


def lift_lock(kit: Kit, by: SignIn, case_id: int) -> None:
    """Raises Refusal."""
    with writing():
        case, user = desk.demand(kit, by, case_id, Power.LIFT_LOCK)
        if not user.is_locked(kit.now):
            raise Refusal("This account is not locked (any more). Nothing was changed.")
        lockout.unlock(kit, user, f"case {case.id}, by {by.user.email}", address=by.address)
        cases.add(kit, case, "The lock was lifted.")
        happened = f"Customer support lifted the lock of the account of {user.name} ({user.email})."
        notices.tell(kit, concerned(user), "A lock was lifted", happened)


def correct(kit: Kit, by: SignIn, case_id: int, name: str, email: str) -> list[str]:
    """Put name and address right; which of them changed. The old address is told too. Raises Refusal."""
    with writing():
        case, user = desk.demand(kit, by, case_id, Power.CORRECT_ACCOUNT)
        wanted = {"name": name, "email": canonical(email)}
        changed = {column: value for column, value in wanted.items() if value != getattr(user, column)}
        if "email" in changed:
            refuse_address(user, changed["email"])
        if changed:
            put_right(kit, user, changed)
            desk.on_record(kit, "account.corrected", case, by, changed=" ".join(changed))
            cases.add(kit, case, f"Corrected: {' and '.join(changed).replace('email', 'e-mail address')}.")
        return list(changed)


def refuse_address(user: User, email: str) -> None:
    """Nobody else's, and not while a recovery runs, whose notices go to the address that is there."""
    if joining.has_account(email):
        raise Refusal("Another account has this address. Nothing was changed.")
    if Recovery.running(user.id):
        raise Refusal("Authenticators are being replaced, so the address stays as it is until that is over.")


def put_right(kit: Kit, user: User, changed: dict[str, str]) -> None:
    told = concerned(user)
    if "email" in changed:
        told.append(User(id=user.id, name=user.name, email=changed["email"]))
        Link.update(used_at=kit.now).where(
            Link.user == user.id, Link.kind == LinkKind.RESET.value, Link.used_at.is_null()
        ).execute()
    User.update(changed).where(User.id == user.id).execute()
    words = " and ".join(f"{column.replace('email', 'e-mail address')}: {value}" for column, value in changed.items())
    happened = f"Customer support corrected the account of {user.name} ({user.email}). New {words}."
    notices.tell(kit, told, "An account was corrected", happened)
