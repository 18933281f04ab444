"""Texts and calls through an address of the team's own: any other provider, or a phone in a drawer.

It gets JSON (`id`, `to`, `channel`, `language`, `body`) with `X-Portal-Signature: sha256=…`, the HMAC-SHA256 of the
body under the shared secret; 2xx means taken, and a `reason` of ours in another answer is told to the person.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import asdict

from portal.telephony import http
from portal.telephony.protocol import Message, Reason, Receipt

REASONS = {reason.value: reason for reason in Reason}


class Webhook:
    def __init__(self, url: str, secret: str) -> None:
        self._url, self._secret = url, secret.encode()

    def send(self, message: Message) -> Receipt:
        body = json.dumps(asdict(message)).encode()
        signature = "sha256=" + hmac.digest(self._secret, body, "sha256").hex()
        headers = {"Content-Type": "application/json", "X-Portal-Signature": signature}
        return http.post(self._url, body, headers, REASONS)
