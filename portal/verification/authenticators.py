"""Binding a phone or an app to a person, once they have proved that it is theirs."""

from __future__ import annotations

from dataclasses import dataclass, field

from peewee import IntegrityError

from portal import audit
from portal.database import database
from portal.kit import Kit
from portal.models.authenticator import Authenticator, Kind, Place
from portal.models.base import new_id
from portal.models.sign_in import SignIn
from portal.telephony.protocol import Channel


@dataclass(frozen=True)
class Proved:
    """What a right answer showed that somebody has."""

    kind: Kind
    number: str = ""
    channel: str = ""
    secret: str = field(default="", repr=False)
    step: int = 0

    @property
    def place(self) -> Place:
        """My Account holds a number that was verified by text; everything else lives on the account site."""
        by_text = self.kind == Kind.PHONE and self.channel == Channel.TEXT
        return Place.MY_ACCOUNT if by_text else Place.ACCOUNT_SITE


class NotEnrolled(Exception):
    """Proved, but not added; `why` is `taken` or `overtaken`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def enrol_first(kit: Kit, by: SignIn, proved: Proved | None) -> Authenticator:
    """Add somebody's first authenticator, in the caller's transaction. Raises NotEnrolled where another one
    was added meanwhile (the page that led here is for people without any), or where the console does not
    take the number because another account uses it (said only now, after possession is proved)."""
    if proved is None or Authenticator.of(by.user_id):
        raise NotEnrolled("overtaken")
    if proved.kind == Kind.PHONE and used_elsewhere(proved.number, by.user_id):
        audit.record(kit.clock, "authenticator.refused", by=by, reason="taken", ending=proved.number[-2:])
        raise NotEnrolled("taken")
    return add(kit, by, proved)


def used_elsewhere(number: str, user_id: int) -> bool:
    return bool(Authenticator.select().where(Authenticator.number == number, Authenticator.user != user_id).exists())


def add(kit: Kit, by: SignIn, proved: Proved) -> Authenticator:
    row = Authenticator(id=new_id(), user=by.user_id, kind=proved.kind, place=proved.place, added_at=kit.now)
    if proved.kind == Kind.APP:
        row.name = "Authenticator app"
        row.secret = kit.keys.seal(proved.secret, row.place_of_secret)
        row.last_step = proved.step
    else:
        row.number = proved.number
    row.preferred = not Authenticator.of(by.user_id)
    try:
        with database.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same number came into another My Account in this very moment
        raise NotEnrolled("taken") from None
    audit.record(kit.clock, "authenticator.added", by=by, channel=row.kind, ending=(row.number or "")[-2:])
    return row
