"""The record of what happened: one line writes an event. Events are added; nothing changes or removes one.

No event holds a code, a secret, a password, a whole phone number or a bank number: `record` takes only the
details that `DETAILS` names, and cuts them to one printable line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.company import Company
from portal.models.event import Event
from portal.models.sign_in import SignIn
from portal.models.user import User

KINDS = {
    "sign_up.completed": later("A person signed up"),
    "sign_in.opened": later("A right password opened a sign-in"),
    "sign_in.refused": later("A wrong password, or an address that nobody has"),
    "sign_in.slowed": later("Too many wrong passwords; further ones have to wait"),
    "sign_in.ended": later("Somebody signed out"),
    "password.changed": later("A password was changed, and the other sign-ins ended"),
    "password.reset_asked": later("A link to a new password was asked for"),
    "invitation.made": later("Somebody was invited into a company"),
    "invitation.withdrawn": later("An invitation was withdrawn"),
    "invitation.accepted": later("An invitation was accepted"),
    "company.created": later("A company was made, with an administrator"),
    "company.changed": later("A Company Profile was changed"),
    "company.second_step_on": later("A company switched two-step verification at sign-in on"),
    "company.second_step_off": later("A company switched two-step verification at sign-in off"),
    "member.added": later("The operator made somebody a member of a company"),
    "member.role_changed": later("Somebody's role in a company was changed"),
    "member.removed": later("Somebody was removed from a company"),
    "user.added": later("The operator made an account"),
    "user.invited": later("The operator made a link to sign up with"),
    "user.started_over": later("All authenticators and sign-ins of a person were taken away, to begin anew"),
    "staff.granted": later("The operator gave somebody a support desk"),
    "staff.revoked": later("The operator took a support desk away"),
    "operator.looked": later("The operator listed people, companies or authenticators"),
    "code.sent": later("A code was handed to the provider of texts and calls"),
    "code.undelivered": later("The provider could not deliver a code"),
    "code.refused": later("A code was asked for too soon or too often, and not sent"),
    "verification.passed": later("A right answer passed a challenge"),
    "verification.failed": later("A wrong answer was counted"),
    "verification.expired": later("A right code came too late; not counted"),
    "verification.repeated": later("A code that was used already came again; not counted"),
    "verification.ended": later("A verification in force was ended by its person"),
    "account.locked": later("Too many failures in a row locked the account"),
    "account.unlocked": later("A lock was lifted"),
    "authenticator.added": later("A phone or an app was proved and added"),
    "authenticator.removed": later("A phone or an app was removed"),
    "authenticator.preferred": later("Another phone or app was made the preferred one"),
    "authenticator.renamed": later("A phone or an app was given another name"),
    "authenticator.refused": later("A phone was proved but could not be added"),
    "recovery.made": later("A new set of recovery codes was made, and the old one ended"),
    "recovery.used": later("A recovery code was used"),
    "recovery.started": later("Customer support began to replace lost authenticators; it takes effect later"),
    "recovery.shortened": later("A second member of customer support put a replacement in force at once"),
    "recovery.cancelled": later("A replacement of authenticators was cancelled"),
    "recovery.done": later("All authenticators and recovery codes of a person were taken away, to be added anew"),
    "name.changed": later("A person changed their name"),
    "account.corrected": later("Customer support corrected a name or an e-mail address"),
    "case.opened": later("Somebody wrote to a support desk, asked to be called back, or rang it"),
    "case.urgent": later("A case was made urgent, as something was not its person"),
    "case.taken": later("A member of staff took a case"),
    "case.released": later("A member of staff put a case back"),
    "case.identified": later("Customer support recorded how a person was identified"),
    "case.closed": later("A case was closed"),
    "case.reopened": later("A closed case was opened again"),
    "case.code_held_back": later("A message with what looked like a code in it was not kept"),
    "log.searched": later("Customer support looked into the audit log"),
    "password.confirmed": later("The password was typed again for a change of authenticators"),
    "report.not_me": later("Somebody said that something was not them: sign-ins ended, changes frozen"),
    "sign_in.others_ended": later("Somebody signed out other browsers"),
    "access.refused": later("Somebody asked for a page that is not theirs to see"),
    "payment.viewed": later("Payment information was shown, masked"),
    "payment.number_shown": later("A whole account number was shown"),
    "payment.changed": later("Payment information was saved"),
    "payment.seconded": later("A second administrator approved a change of payment information"),
    "payment.held": later("A change of payment information was held before it took effect"),
    "payment.rules_changed": later("The rules for changes of payment information were changed"),
    "payouts.held": later("Payouts of a company were put on hold by the link of a notice"),
    "payouts.exported": later("Payout details were exported for the finance team"),
    "approval.refused": later("An approval did not fit its change, or was used before"),
    "payment.conflict": later("A save met another one that came first; nothing was written"),
}


def kinds() -> dict[str, str]:
    """Every kind in words."""
    return {kind: _(words) for kind, words in KINDS.items()}


BATCH = 1000  # rows that a walk of the log holds at once

DETAILS = set(
    "by_name channel ending tries until reason version changed page purpose role member case desk how".split()
)


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
        details={name: one_line(value) for name, value in details.items()},
    )
    with writing():  # alone, so that there is one row before this one
        event.hash = kit.keys.digest("event", event.content(newest_hash()))
        event.save(force_insert=True)


def newest_hash() -> str:
    newest = Event.select(Event.hash).order_by(Event.id.desc()).first()
    return newest.hash if newest else ""


@dataclass(frozen=True)
class Head:
    """Where the log ends: kept elsewhere, it shows later whether rows were cut off or the log was replaced."""

    events: int
    last: int
    hash: str

    def __str__(self) -> str:
        return f"{self.events} {self.last} {self.hash}"

    @classmethod
    def read(cls, text: str) -> Head:
        """Raises ValueError for what is no head."""
        events, last, found = text.split()
        return cls(int(events), int(last), found)


def head() -> Head:
    """Where the log ends now."""
    newest = Event.select().order_by(Event.id.desc()).first()
    return Head(Event.select().count(), newest.id, newest.hash) if newest else Head(0, 0, "-")


class Broken(Exception):
    """The log is not what was written; the message says from which event on."""


def verify(kit: Kit, earlier: Head | None = None) -> Head:
    """Walk the whole chain, and hold it against a head taken `earlier`. Raises Broken.

    It proves that nobody without the keys has edited, removed or inserted a row; that none was cut off at the end
    only as far as the earlier head goes.
    """
    before, count, last, met = "", 0, 0, earlier is None
    while batch := list(Event.select().where(Event.id > last).order_by(Event.id).limit(BATCH)):
        for event in batch:
            if not kit.keys.matches(event.hash, "event", event.content(before)):
                raise Broken(
                    f"Event {event.id} does not follow the one before it ({last}): one was changed or is gone."
                )
            before, count, last = event.hash, count + 1, event.id
            met = met or (earlier is not None and Head(count, last, before) == earlier)
    if not met:
        raise Broken(f"The earlier head ({earlier}) is not in the log: rows were cut off, or it was replaced.")
    return Head(count, last, before)


def one_line(value: object) -> Any:
    """Numbers as they are; text without anything that could forge or hide a line."""
    if isinstance(value, int):
        return value
    return "".join(c for c in str(value)[:200] if c.isprintable())
