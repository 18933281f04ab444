"""/dev/phones: the fake phones, side by side, newest message first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, cast

from flask import Blueprint, Response, abort, request, url_for

from portal.demo.fake_phones import SLOW_SECONDS, Condition, FakePhones
from portal.language import gettext as _
from portal.language import later, moment
from portal.models.authenticator import Authenticator
from portal.models.user import User
from portal.telephony.protocol import Channel
from portal.verification import numbers
from portal.web.current import kit
from portal.web.pages import page, redirect_to
from portal.web.times import in_words

room = Blueprint("dev_phones", __name__, url_prefix="/dev/phones")

CODE = re.compile(r"\b\d{6}\b|\d(?:, \d){5}")
RINGS = timedelta(seconds=20)

# What the list offers, and what the phone itself then says; one that works says nothing.
CONDITIONS = {
    Condition.WORKS: (later("Works"), ""),
    Condition.SLOW: (later("Slow: %(seconds)s s late"), later("Slow: what is sent takes %(seconds)s seconds.")),
    Condition.LOST: (later("Lost: never arrives"), later("Lost: what is sent never arrives.")),
    Condition.FAILING: (later("Failing: not reached"), later("Failing: the provider cannot reach this phone.")),
    Condition.DOWN: (later("Down: provider is out"), later("Down: the provider itself does not work.")),
}


@dataclass
class Message:
    """A text or call, as the handset shows it."""

    id: int  # its place among all of them
    channel: str
    body: str
    sent_at: datetime

    @property
    def sender(self) -> str:
        return kit().settings.brand

    @property
    def code(self) -> str:
        found = CODE.search(self.body)
        return re.sub(r"\D", "", found[0]) if found else ""

    @property
    def ago(self) -> str:
        return in_words(kit().now, self.sent_at)

    @property
    def at(self) -> str:
        return moment(self.sent_at)

    @property
    def ringing(self) -> bool:
        return self.channel == Channel.CALL and timedelta() <= kit().now - self.sent_at < RINGS


@dataclass
class Phone:
    number: str
    condition: Condition
    owners: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def pretty(self) -> str:
        return numbers.pretty(self.number)

    @property
    def trouble(self) -> str:
        return _(CONDITIONS[self.condition][1], seconds=SLOW_SECONDS)


def phones() -> FakePhones:
    return cast(FakePhones, kit().telephony)


@room.get("")
def all_phones() -> Response:
    return phones_page(every_phone())


@room.get("/<number>")
def one_phone(number: str) -> Response:
    mine = [phone for phone in every_phone() if phone.number == number]
    return phones_page(mine) if mine else abort(404)


def phones_page(shown: list[Phone]) -> Response:
    return page("dev/phones.html", phones=shown, now=kit().now, conditions=conditions())


def conditions() -> dict[Condition, str]:
    return {each: _(offered, seconds=SLOW_SECONDS) for each, (offered, _said) in CONDITIONS.items()}


@room.post("/<number>/condition")
def set_condition(number: str) -> Response:
    if request.form.get("condition") not in list(Condition) or number not in {p.number for p in every_phone()}:
        abort(400)
    phones().set_condition(number, Condition(request.form["condition"]))
    return redirect_to(url_for("dev_phones.all_phones", _anchor=f"phone-{number[1:]}"))


def every_phone() -> list[Phone]:
    """Those that got something, newest first; then those that belong to somebody."""
    found: dict[str, Phone] = {}
    for place, message in reversed([*enumerate(phones().messages())]):
        phone(found, message["to"]).messages.append(readable(place, message))
    owned = Authenticator.select(Authenticator, User).join(User).where(Authenticator.number.is_null(False))
    for row in owned.order_by(User.id, Authenticator.added_at):
        phone(found, row.phone).owners.append(row.user.name)
    return list(found.values())


def phone(found: dict[str, Phone], number: str) -> Phone:
    return found.setdefault(number, Phone(number, phones().condition(number)))


def readable(place: int, message: dict[str, Any]) -> Message:
    return Message(place, message["channel"], message["body"], datetime.fromisoformat(message["at"]))
