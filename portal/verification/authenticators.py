"""Binding phones and apps to a person, and taking them away. Each change spends a Permit, is on the record,
and is told to the person; only a first authenticator is added without one, by whoever proves to have it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.database import writing
from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.challenge import Challenge, Purpose
from portal.models.sign_in import SignIn
from portal.record.writing import record
from portal.telephony.protocol import Channel
from portal.telling import notices
from portal.text import ending
from portal.verification import gate

LONGEST_NAME = 60

ADDED = {
    Kind.APP: later("The app “%(name)s” was added to your account."),
    Kind.PHONE: later("The phone number ending %(ending)s was added to your account."),
}
REMOVED = {
    Kind.APP: later("The app “%(name)s” was removed from your account."),
    Kind.PHONE: later("The phone number ending %(ending)s was removed from your account."),
}
PREFERRED = {
    Kind.APP: later("The app “%(name)s” is offered first from now on."),
    Kind.PHONE: later("The phone number ending %(ending)s is offered first from now on."),
}


@dataclass(frozen=True)
class Proved:
    """What a right answer showed that somebody has."""

    kind: Kind
    number: str = ""
    channel: str = ""
    secret: str = field(default="", repr=False)
    step: int = 0
    name: str = ""


class NotEnrolled(Exception):
    """Proved, but not added; `why` is `taken` or `overtaken`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotYours(Exception):
    """The authenticator that was named is not one of this person's."""


def may_enrol(kit: Kit, by: SignIn, purpose: Purpose) -> None:
    """Raise NotYours for a first authenticator of somebody who has one, or the gate's Obstacle for a further
    one without a Permit."""
    if purpose in (Purpose.PAYMENT_INFORMATION, Purpose.SIGN_IN):
        if Authenticator.of(by.user_id):
            raise NotYours
    else:
        gate.permit(kit, gate.look(kit, by))


def enrol(kit: Kit, by: SignIn, purpose: Purpose, proved: Proved | None) -> Authenticator:
    """Add what was proved, in the caller's transaction. Raises NotEnrolled, or the gate's Obstacle."""
    if proved is None:
        raise NotEnrolled("overtaken")
    if purpose in (Purpose.PAYMENT_INFORMATION, Purpose.SIGN_IN):
        return enrol_first(kit, by, proved)
    gate.use(kit, by)
    if purpose == Purpose.MY_ACCOUNT_NUMBER:
        return enrol_in_my_account(kit, by, proved)
    return add(kit, by, proved, Place.ACCOUNT_SITE)


def enrol_first(kit: Kit, by: SignIn, proved: Proved) -> Authenticator:
    """The first-time page is for people without any authenticator. A number proved by text becomes the
    number of My Account, which is verified by text alone; one proved by call goes to the account site."""
    if Authenticator.of(by.user_id):
        raise NotEnrolled("overtaken")
    refuse_taken(kit, by, proved)
    by_text = proved.kind == Kind.PHONE and proved.channel == Channel.TEXT
    return add(kit, by, proved, Place.MY_ACCOUNT if by_text else Place.ACCOUNT_SITE)


def enrol_in_my_account(kit: Kit, by: SignIn, proved: Proved) -> Authenticator:
    """The new number takes the place of the old one, whose phone is told."""
    refuse_taken(kit, by, proved)
    old = Authenticator.get_or_none(Authenticator.user == by.user_id, Authenticator.place == Place.MY_ACCOUNT.value)
    if old is None:
        return add(kit, by, proved, Place.MY_ACCOUNT)
    take_away(kit, by, old)
    new = add(kit, by, proved, Place.MY_ACCOUNT, preferred=old.preferred)
    notices.text_old_number(kit, by.user, old.phone, old.id)
    return new


def refuse_taken(kit: Kit, by: SignIn, proved: Proved) -> None:
    """The console takes a number for one account only; said only now, after possession is proved."""
    if proved.kind == Kind.PHONE and used_elsewhere(proved.number, by.user_id):
        record(kit, "authenticator.refused", by=by, reason="taken", ending=ending(proved.number))
        raise NotEnrolled("taken")


def used_elsewhere(number: str, user_id: int) -> bool:
    return bool(Authenticator.select().where(Authenticator.number == number, Authenticator.user != user_id).exists())


def add(kit: Kit, by: SignIn, proved: Proved, place: Place, preferred: bool = False) -> Authenticator:
    row = Authenticator(id=new_id(), user=by.user_id, kind=proved.kind, place=place, added_at=kit.now)
    if proved.kind == Kind.APP:
        row.name = proved.name or _("Authenticator app")
        row.secret = kit.keys.seal(proved.secret, row.place_of_secret)
        row.last_step = proved.step
    else:
        row.number = proved.number
    row.preferred = preferred or not Authenticator.of(by.user_id)
    if not row.put():  # the same number came into another My Account in this very moment
        raise NotEnrolled("taken")
    record(kit, "authenticator.added", by=by, channel=row.kind, ending=ending(row.number))
    notices.tell(kit, [by.user], lambda to: (_("An authenticator was added"), sentence(ADDED, row)))
    return row


def remove(kit: Kit, by: SignIn, authenticator_id: str) -> Authenticator:
    """Take it away, with the codes sent to it and what it opened. The last one may go too; Payment
    Information then closes. Raises NotYours or the gate's Obstacle."""
    with writing():
        row = mine(by, authenticator_id)
        gate.use(kit, by)
        take_away(kit, by, row)
        if row.preferred:
            prefer_another(by)
        notices.tell(kit, [by.user], lambda to: (_("An authenticator was removed"), sentence(REMOVED, row)))
        return row


def take_away(kit: Kit, by: SignIn, row: Authenticator) -> None:
    Challenge.close(kit.now, Challenge.user == by.user_id, Challenge.passed_by == row.id)
    Authenticator.delete().where(Authenticator.id == row.id).execute()
    record(kit, "authenticator.removed", by=by, channel=row.kind, ending=ending(row.number))


def prefer_another(by: SignIn) -> None:
    left = sorted(Authenticator.of(by.user_id), key=lambda row: row.kind != Kind.APP)
    for row in left[:1]:
        Authenticator.update(preferred=True).where(Authenticator.id == row.id).execute()


def prefer(kit: Kit, by: SignIn, authenticator_id: str) -> Authenticator:
    """Offer it first from now on. Raises NotYours or the gate's Obstacle."""
    with writing():
        row = mine(by, authenticator_id)
        gate.use(kit, by)
        Authenticator.update(preferred=Authenticator.id == row.id).where(Authenticator.user == by.user_id).execute()
        record(kit, "authenticator.preferred", by=by, channel=row.kind, ending=ending(row.number))
        notices.tell(kit, [by.user], lambda to: (_("Another way to verify is preferred"), sentence(PREFERRED, row)))
        return row


def rename(kit: Kit, by: SignIn, authenticator_id: str, name: str) -> None:
    """Raises NotYours or the gate's Obstacle."""
    with writing():
        row = mine(by, authenticator_id)
        gate.use(kit, by)
        Authenticator.update(name=name[:LONGEST_NAME]).where(Authenticator.id == row.id).execute()
        record(kit, "authenticator.renamed", by=by, channel=row.kind, ending=ending(row.number))


def mine(by: SignIn, authenticator_id: str) -> Authenticator:
    row: Authenticator | None = Authenticator.get_or_none(
        Authenticator.id == authenticator_id, Authenticator.user == by.user_id
    )
    if row is None:
        raise NotYours
    return row


def sentence(of: dict[Kind, str], row: Authenticator) -> str:
    """The sentence for this kind of authenticator, as `of` has it."""
    return _(of[Kind(row.kind)], name=row.name, ending=ending(row.number))
