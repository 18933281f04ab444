"""The hall: fields that several forms share. They check shape alone; the domain decides."""

from __future__ import annotations

import unicodedata
from typing import Any

from wtforms import EmailField, PasswordField, StringField, ValidationError
from wtforms.validators import DataRequired, InputRequired, Optional

from portal.accounts.joining import is_address


class Line(StringField):
    """One line of text in any script, spaces tidied, nothing hidden in it."""

    def __init__(self, label: str, longest: int = 100, empty: str = "", optional: bool = False, **more: Any) -> None:
        must = Optional() if optional else DataRequired(empty or f"Enter the {label.lower()}.")
        super().__init__(label, [must], **more)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = " ".join(valuelist[0].split()) if valuelist else ""

    def pre_validate(self, form: object) -> None:
        text = self.data or ""
        if len(text) > self.longest:
            raise ValidationError(f"This is too long: at most {self.longest} characters.")
        if hidden(text):
            raise ValidationError("This has invisible characters in it, perhaps from copying. Type it by hand.")


def hidden(text: str) -> bool:
    """Whether something in it cannot be seen, or turns around what can. Joiners belong to scripts and emoji."""
    return any(unicodedata.category(c)[0] == "C" and c not in "\u200c\u200d" for c in text)


class Address(EmailField):
    """An e-mail address; whether it exists is for the mailbox to say."""

    def __init__(self, label: str = "E-mail address", **more: Any) -> None:
        super().__init__(label, [DataRequired("Enter your e-mail address.")], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else ""

    def pre_validate(self, form: object) -> None:
        text = self.data or ""
        if text and not is_address(text):
            raise ValidationError("An e-mail address looks like name@example.com. Check what you typed.")


class Secret(PasswordField):
    def __init__(self, label: str, empty: str = "Enter your password.", **more: Any) -> None:
        super().__init__(label, [InputRequired(empty)], **more)
