"""The words of our mails: a subject and a plain text each."""

from __future__ import annotations

from datetime import datetime

from portal.config import Settings
from portal.language import gettext as _
from portal.language import moment, ngettext
from portal.models.link import LinkKind


def with_link(settings: Settings, kind: LinkKind, token: str) -> tuple[str, str]:
    """The mail that brings the link of `token`."""
    brand = settings.brand
    subject, what, path, lasts = {
        LinkKind.SIGN_UP: (
            _("Finish signing up"),
            _("You asked to sign up at %(brand)s. Go on here:", brand=brand),
            "join",
            for_days(settings.invitation_days),
        ),
        LinkKind.INVITATION: (
            _("You are invited"),
            _("You are invited to join a company at %(brand)s. Go on here:", brand=brand),
            "join",
            for_days(settings.invitation_days),
        ),
        LinkKind.RESET: (
            _("Set a new password"),
            _("Somebody asked for a new password at %(brand)s. Go on here:", brand=brand),
            "new-password",
            for_minutes(settings.reset_minutes),
        ),
    }[kind]
    nothing = _("If this was not you, there is nothing to do: without the link nothing changes.")
    return f"{subject} · {brand}", f"{what}\n\n{settings.url}/{path}/{token}\n\n{lasts} {nothing}"


def for_days(days: int) -> str:
    return ngettext("The link works once, for %(num)s day.", "The link works once, for %(num)s days.", days)


def for_minutes(minutes: int) -> str:
    return ngettext("The link works once, for %(num)s minute.", "The link works once, for %(num)s minutes.", minutes)


def has_account(settings: Settings) -> tuple[str, str]:
    body = _(
        "Somebody, probably you, tried to sign up at %(brand)s with this address. It has an account already. "
        "Sign in here:\n\n%(link)s\n\nYou can ask for a new password there too.",
        brand=settings.brand,
        link=f"{settings.url}/sign-in",
    )
    subject = _("You have an account")
    return f"{subject} · {settings.brand}", body


def notice(settings: Settings, now: datetime, happened: str, not_me: str) -> str:
    about = _(
        "This was on %(moment)s, at %(brand)s.\n\nIf it was you, there is nothing to do. If it was not you, say so "
        "here; you need no code for it:\n\n%(link)s\n\nThat signs out every browser, and stops all changes to your "
        "authenticators and to payment information until you have set a new password.",
        moment=moment(now),
        brand=settings.brand,
        link=not_me,
    )
    return f"{happened}\n\n{about}"


def number_replaced(settings: Settings, not_me: str) -> str:
    return _(
        "%(brand)s: this number was replaced on your account. If that was not you: %(link)s",
        brand=settings.brand,
        link=not_me,
    )
