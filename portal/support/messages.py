"""What may be said to a desk and by it: everything, but no codes, and nothing longer than the setting says."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from portal.kit import Kit
from portal.language import gettext as _
from portal.language import later
from portal.models.quota import Quota
from portal.models.sign_in import SignIn
from portal.record.writing import record
from portal.refusals import NotBefore, Refusal

# Six digits on their own, as codes are written and read out (dates and phone numbers are not); a recovery code.
SIX = r"\d{6}|\d{3}[ -]\d{3}|\d\d \d\d \d\d|\d(?: \d){5}|\d(?:, ?\d){5}"
CODE = re.compile(rf"(?<!\d)(?<!\d[ .-])(?<!\+)(?:{SIX})(?![ .-]?\d)")
RECOVERY_CODE = re.compile(r"(?i)\b(?=[A-Z2-9-]*\d)[A-HJ-NP-Z2-9]{4}(?:[ -]?[A-HJ-NP-Z2-9]{4}){3}\b")

NO_CODES = later(
    "This has what looks like a code in it, and was not sent or kept. Never send a code to anybody, us included. "
    "Take it out and send the rest."
)


def read(kit: Kit, by: SignIn, typed: str) -> str:
    """The words of a message as they are kept. Raises Refusal."""
    text = tidied(typed)
    if not text:
        raise Refusal(_("Write a message first."))
    if len(text) > kit.settings.message_length:
        raise Refusal(
            _(
                "This has %(count)s characters, and a message can have %(most)s. Shorten it, or send it in two.",
                count=len(text),
                most=kit.settings.message_length,
            )
        )
    refuse_codes(kit, by, text)
    return text


def refuse_codes(kit: Kit, by: SignIn, text: str) -> None:
    """Raise Refusal for what could open something; only that it was tried is on the record."""
    if CODE.search(unicodedata.normalize("NFKC", text)) or RECOVERY_CODE.search(text):
        record(kit, "case.code_held_back", by=by)
        raise Refusal(_(NO_CODES))


def tidied(typed: str) -> str:
    """Lines as they are, in any script and direction; without control characters, which nobody can see."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) != "Cc").strip()


def spend_quota(kit: Kit, by: SignIn) -> None:
    """Count one message. Raises NotBefore."""
    most, hour = kit.settings.messages_an_hour, timedelta(hours=1)
    if until := Quota.spend(f"messages:{by.user_id}", most, hour, kit.now):
        raise NotBefore(until)
