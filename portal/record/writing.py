"""One line writes an event, in the transaction of what it tells. Nothing changes or removes one."""

from __future__ import annotations

from portal.database import writing
from portal.kit import Kit
from portal.models.company import Company
from portal.models.event import Event
from portal.models.sign_in import SignIn
from portal.models.user import User
from portal.record import chain
from portal.record.kinds import DETAILS, KINDS
from portal.text import one_line


def record(
    kit: Kit,
    kind: str,
    *,
    by: SignIn | None = None,
    user: User | None = None,
    about: User | None = None,
    company: Company | None = None,
    address: str = "",
    **details: object,
) -> None:
    """Write one event, in the caller's transaction: what is rolled back did not happen.

    `by` is the sign-in that did it (its person, browser and address); `user` the person it concerns, where no
    sign-in did; `about` that person, where somebody else's sign-in did. Raises KeyError for a kind or detail that
    is not in the tables above.
    """
    if kind not in KINDS or not details.keys() <= DETAILS:
        raise KeyError(f"The audit has no {kind} with {sorted(details)}.")
    event = Event(
        at=kit.now,
        kind=kind,
        user=about.id if about else by.user_id if by else user.id if user else None,
        company=company.id if company else None,
        sign_in=by.id if by else None,
        address=by.address if by else address,
        details={name: value if isinstance(value, int) else one_line(str(value)) for name, value in details.items()},
    )
    with writing():
        chain.append(kit, event)
