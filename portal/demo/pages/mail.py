"""/dev/mail: the mail that would have gone out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import cast

from flask import Blueprint, Response
from markupsafe import Markup, escape

from portal.demo.fake_mail import FakeMail
from portal.web.current import kit
from portal.web.pages import page

room = Blueprint("dev_mail", __name__, url_prefix="/dev/mail")

LINK = re.compile(r"https?://\S+")


@room.get("")
def letters() -> Response:
    found = cast(FakeMail, kit().mail).letters()
    shown = [
        {**each, "id": at, "at": datetime.fromisoformat(each["at"]), "body": linked(each["body"])}
        for at, each in enumerate(found)
    ]
    return page("dev/mail.html", letters=shown[::-1], now=kit().now)


def linked(body: str) -> Markup:
    """The text, its addresses clickable."""
    parts, at = [], 0
    for found in LINK.finditer(body):
        parts += [escape(body[at : found.start()]), Markup('<a href="{0}">{0}</a>').format(found[0])]
        at = found.end()
    return Markup("").join([*parts, escape(body[at:])])
