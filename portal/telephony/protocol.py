"""What the program asks of a provider of texts and calls. A provider that is in trouble answers with a
`Receipt` that says so; it never raises, and never sees more than the one message."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from portal.language import ENGLISH, later
from portal.language import gettext as _


class Channel(StrEnum):
    TEXT = "text"
    CALL = "call"


class Reason(StrEnum):
    """Why a message did not go out; the person is told `sentence`."""

    INVALID_NUMBER = "invalid_number"
    UNREACHABLE = "unreachable"
    OPTED_OUT = "opted_out"
    COUNTRY = "country"
    BUSY = "busy"
    PROVIDER_DOWN = "provider_down"

    @property
    def sentence(self) -> str:
        return _(SENTENCES[self])


SENTENCES = {
    Reason.INVALID_NUMBER: later(
        "The phone company says that this number does not exist. Check it, or use another way."
    ),
    Reason.UNREACHABLE: later("This phone cannot be reached right now. Try a call instead, or use another way."),
    Reason.OPTED_OUT: later("This phone has opted out of texts from us. Use a call or another way."),
    Reason.COUNTRY: later("We cannot send codes to this country. Use another way."),
    Reason.BUSY: later("The line was busy or nobody answered. Try again, or use a text."),
    Reason.PROVIDER_DOWN: later("Our phone provider does not answer. Try another way, or the same again in a minute."),
}


@dataclass(frozen=True)
class Message:
    """One code on its way. `id` is the idempotency key; `body` is what is shown, or spoken for a call, in `language`
    (ISO 639)."""

    id: str
    to: str  # E.164
    channel: Channel
    body: str = field(repr=False)
    language: str = ENGLISH


@dataclass(frozen=True)
class Receipt:
    accepted: bool
    reason: Reason | None = None
    detail: str = ""  # for the operator's log; no number, no code


class Telephony(Protocol):
    def send(self, message: Message) -> Receipt:
        """Hand over `message`; may take its time, must not raise for trouble at the provider."""
        ...
