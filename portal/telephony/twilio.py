"""Texts and calls through Twilio, or a service that speaks its HTTP interface (2010-04-01)."""

from __future__ import annotations

import base64
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from babel import Locale
from babel.core import get_global

from portal.language import REGIONS
from portal.telephony import http
from portal.telephony.protocol import Channel, Message, Reason, Receipt

# Error codes of the provider, as it documents them.
REASONS = {
    "21211": Reason.INVALID_NUMBER,
    "21214": Reason.INVALID_NUMBER,
    "21614": Reason.INVALID_NUMBER,
    "21610": Reason.OPTED_OUT,
    "21408": Reason.COUNTRY,
    "21215": Reason.COUNTRY,
    "21612": Reason.UNREACHABLE,
}


class Twilio:
    def __init__(self, account: str, secret: str, sender: str, base: str = "") -> None:
        self._url = f"{base or 'https://api.twilio.com'}/2010-04-01/Accounts/{account}"
        self._authorization = "Basic " + base64.b64encode(f"{account}:{secret}".encode()).decode()
        self._sender = sender

    def send(self, message: Message) -> Receipt:
        fields = {"To": message.to, "From": self._sender}
        if message.channel == Channel.CALL:
            say = f'<Say language="{voice(message.language)}">{escape(message.body)}</Say>'
            fields["Twiml"] = f"<Response>{say}</Response>"
        else:
            fields["Body"] = message.body
        path = "/Calls.json" if message.channel == Channel.CALL else "/Messages.json"
        headers = {
            "Authorization": self._authorization,
            "Content-Type": "application/x-www-form-urlencoded",
            "I-Twilio-Idempotency-Token": message.id,
        }
        return http.post(self._url + path, urlencode(fields).encode(), headers, REASONS)


def voice(language: str) -> str:
    """The language with a region, as the provider calls its voices: en-GB, de-DE."""
    found = Locale.parse(REGIONS.get(language) or get_global("likely_subtags").get(language, language))
    return f"{found.language}-{found.territory}" if found.territory else found.language
