"""The hall: fields that several forms share. They check shape alone; the domain decides.

A form names its words with `later`; a field, which is made anew for each request, says them in its language.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import wtforms
from wtforms import EmailField, PasswordField, StringField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from portal.accounts.addresses import is_address
from portal.language import gettext as _
from portal.language import later
from portal.text import hidden, tidied


class Line(StringField):
    """One line of text in any script, spaces tidied, nothing hidden in it; `empty` is what is said where it has to be
    filled in and is not."""

    def __init__(self, label: str, empty: str = "", longest: int = 100, **more: Any) -> None:
        super().__init__(_(label), [DataRequired(_(empty)) if empty else Optional()], **more)
        self.longest = longest

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = tidied(valuelist[0]) if valuelist else ""

    def pre_validate(self, form: object) -> None:
        text = self.data or ""
        if len(text) > self.longest:
            raise ValidationError(_("This is too long: at most %(most)s characters.", most=self.longest))
        if hidden(text):
            raise ValidationError(_("This has invisible characters in it, perhaps from copying. Type it by hand."))


class Address(EmailField):
    """An e-mail address; whether it exists is for the mailbox to say."""

    def __init__(
        self, label: str = later("E-mail address"), empty: str = later("Enter your e-mail address."), **more: Any
    ) -> None:
        super().__init__(_(label), [DataRequired(_(empty))], **more)

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else ""

    def pre_validate(self, form: object) -> None:
        text = self.data or ""
        if text and not is_address(text):
            raise ValidationError(_("An e-mail address looks like name@example.com. Check what you typed."))


class Secret(PasswordField):
    def __init__(self, label: str, empty: str = later("Enter your password."), **more: Any) -> None:
        super().__init__(_(label), [InputRequired(_(empty))], **more)


class RadioField(wtforms.RadioField):
    """One of several; `choices` are values and their words."""

    def __init__(self, label: str, empty: str, choices: Iterable[tuple[str, str]], **more: Any) -> None:
        offered = [SelectChoice(value, _(words)) for value, words in choices]
        not_offered = _("Not a valid choice.")
        super().__init__(
            _(label), [InputRequired(_(empty))], choices=offered, invalid_choice_message=not_offered, **more
        )
