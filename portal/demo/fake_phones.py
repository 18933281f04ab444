"""Phones that one can look at: the default, for demo and tests. Production refuses it, twice:
`connect()` does not know it, and it does not send without the demo's clock."""

from __future__ import annotations

import json
import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from portal.demo import jsonl
from portal.demo.clock import MovableClock
from portal.telephony.protocol import Channel, Message, Reason, Receipt

SLOW_SECONDS = 20


class Condition(StrEnum):
    """What is the matter with a fake phone; set at /dev/phones."""

    WORKS = "works"
    SLOW = "slow"  # the provider takes 20 seconds
    LOST = "lost"  # accepted, never arrives
    FAILING = "failing"  # the provider says that it cannot be reached
    DOWN = "down"  # the provider itself does not work


class FakePhones:
    def __init__(self, folder: Path, clock: MovableClock) -> None:
        self._messages = folder / "phones.jsonl"
        self._conditions = folder / "phones-conditions.json"
        self._clock = clock

    def send(self, message: Message) -> Receipt:
        if not isinstance(self._clock, MovableClock):
            raise RuntimeError("The fake phones are for the demo; choose a real PORTAL_TELEPHONY.")
        match self.condition(message.to):
            case Condition.FAILING:
                reason = Reason.BUSY if message.channel == Channel.CALL else Reason.UNREACHABLE
                return Receipt(accepted=False, reason=reason, detail="fake phone set to failing")
            case Condition.DOWN:
                return Receipt(accepted=False, reason=Reason.PROVIDER_DOWN, detail="fake phone set to down")
            case Condition.LOST:
                return Receipt(accepted=True)
            case Condition.SLOW:
                time.sleep(SLOW_SECONDS)
        self._deliver(message)
        return Receipt(accepted=True)

    def _deliver(self, message: Message) -> None:
        at = self._clock.now().isoformat(timespec="milliseconds")
        line = {"to": message.to, "channel": message.channel, "body": message.body, "at": at}
        jsonl.append(self._messages, line)

    def messages(self) -> list[dict[str, Any]]:
        """What the phones got, oldest first: `to`, `channel`, `body`, `at`."""
        return jsonl.read(self._messages)

    def condition(self, number: str) -> Condition:
        return Condition(self._all_conditions().get(number, Condition.WORKS))

    def set_condition(self, number: str, condition: Condition) -> None:
        self._conditions.write_text(json.dumps({**self._all_conditions(), number: condition}))

    def _all_conditions(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._conditions.read_text()) if self._conditions.exists() else {}
        return found

    def clear(self) -> None:
        self._messages.unlink(missing_ok=True)
        self._conditions.unlink(missing_ok=True)
