"""A phone of the demo in a test's hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from portal.demo.fake_phones import Condition, FakePhones

CODE = re.compile(r"(?m)^(\d{6}) is your|The code is: (\d(?:, \d){5})\.")


@dataclass
class Phone:
    fake: FakePhones
    number: str

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [message for message in self.fake.messages() if message["to"] == self.number]

    @property
    def newest(self) -> dict[str, Any]:
        return self.messages[-1]

    def codes(self) -> list[str]:
        """Every code that it got, oldest first, as its owner reads or hears it."""
        found = [CODE.search(message["body"]) for message in self.messages]
        return ["".join(filter(str.isdigit, each[0][:40])) for each in found if each]

    def newest_code(self) -> str:
        return self.codes()[-1]

    def becomes(self, condition: str) -> None:
        self.fake.set_condition(self.number, Condition(condition))


def wrong_code(*right: str) -> str:
    """Six digits that are none of these."""
    return next(digits for digits in ("111111", "222222", "333333", "444444", "555555") if digits not in right)
