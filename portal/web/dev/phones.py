"""/dev/phones: the fake phones, side by side, newest message first."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import Blueprint, Response, abort, request

from portal.models.authenticator import Authenticator
from portal.models.user import User
from portal.telephony.fake import Condition, FakePhones
from portal.verification import numbers
from portal.web.pages import go, page
from portal.web.plugs import kit

room = Blueprint("dev_phones", __name__, url_prefix="/dev/phones")

CODE = re.compile(r"\b\d{6}\b|\d(?:, \d){5}")


@dataclass
class Phone:
    number: str
    condition: Condition
    owners: list[str] = field(default_factory=list)
    messages: list[dict[str, object]] = field(default_factory=list)

    @property
    def pretty(self) -> str:
        return numbers.pretty(self.number)


def phones() -> FakePhones:
    return cast(FakePhones, kit().telephony)


@room.get("")
def all_phones() -> Response:
    return page("dev/phones.html", phones=every_phone(), now=kit().now, conditions=Condition)


@room.get("/<number>")
def one_phone(number: str) -> Response:
    mine = [phone for phone in every_phone() if phone.number == number]
    return page("dev/phones.html", phones=mine, now=kit().now, conditions=Condition) if mine else abort(404)


@room.post("/<number>/condition")
def set_condition(number: str) -> Response:
    if request.form.get("condition") not in list(Condition) or number not in {p.number for p in every_phone()}:
        abort(400)
    phones().set_condition(number, Condition(request.form["condition"]))
    return go("dev_phones.all_phones")


def every_phone() -> list[Phone]:
    """Those that got something, newest first; then those that belong to somebody."""
    found: dict[str, Phone] = {}
    for message in reversed(phones().messages()):
        phone(found, message["to"]).messages.append(readable(message))
    owned = Authenticator.select(Authenticator, User).join(User).where(Authenticator.number.is_null(False))
    for row in owned.order_by(Authenticator.id):
        phone(found, row.number).owners.append(row.user.name)
    return list(found.values())


def phone(found: dict[str, Phone], number: str) -> Phone:
    return found.setdefault(number, Phone(number, phones().condition(number)))


def readable(message: dict[str, str]) -> dict[str, object]:
    code = CODE.search(message["body"])
    return {
        "channel": message["channel"],
        "body": message["body"],
        "at": datetime.fromisoformat(message["at"]),
        "code": re.sub(r"\D", "", code[0]) if code else "",
    }
