"""Mail by SMTP, with STARTTLS (port 587) or TLS from the start (`smtps://`, port 465)."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from portal.mail.protocol import Letter

TIMEOUT_SECONDS = 20


class Smtp:
    def __init__(self, url: str, sender: str) -> None:
        self._url, self._sender = urlsplit(url), sender

    def send(self, letter: Letter) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._sender, letter.to, letter.subject
        message.set_content(letter.body)
        with self._connection() as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            server.send_message(message)

    def _connection(self) -> smtplib.SMTP:
        host, trust = self._url.hostname or "localhost", ssl.create_default_context()
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT_SECONDS, context=trust)
        server = smtplib.SMTP(host, self._url.port or 587, timeout=TIMEOUT_SECONDS)
        if self._url.username or self._url.port == 587:
            server.starttls(context=trust)
        return server
