"""The words of our mails: a subject and a plain text each."""

from __future__ import annotations

from datetime import datetime

from portal.config import Settings
from portal.models.link import LinkKind


def with_link(settings: Settings, kind: LinkKind, token: str) -> tuple[str, str]:
    """The mail that brings the link of `token`."""
    brand, days, minutes = settings.brand, settings.invitation_days, settings.reset_minutes
    subject, what, path, lasts = {
        LinkKind.SIGN_UP: ("Finish signing up", "You asked to sign up at", "join", f"{days} days"),
        LinkKind.INVITATION: (
            "You are invited",
            "You are invited to join a company at",
            "join",
            f"{days} days",
        ),
        LinkKind.RESET: (
            "Set a new password",
            "Somebody asked for a new password at",
            "new-password",
            f"{minutes} minutes",
        ),
    }[kind]
    link = f"{settings.url}/{path}/{token}"
    body = (
        f"{what} {brand}. Go on here:\n\n{link}\n\n"
        f"The link works once, for {lasts}. If this was not you, there is nothing to do: without the link "
        f"nothing changes."
    )
    return f"{subject} · {brand}", body


def has_account(settings: Settings) -> tuple[str, str]:
    body = (
        f"Somebody, probably you, tried to sign up at {settings.brand} with this address. It has an account "
        f"already. Sign in here:\n\n{settings.url}/sign-in\n\nYou can ask for a new password there too."
    )
    return f"You have an account · {settings.brand}", body


def notice(settings: Settings, now: datetime, happened: str, not_me: str) -> str:
    return (
        f"{happened}\n\nThis was on {now:%d %B %Y at %H:%M} UTC, at {settings.brand}.\n\n"
        f"If it was you, there is nothing to do. If it was not you, say so here; you need no code for it:\n\n"
        f"{not_me}\n\nThat signs out every browser, and stops all changes to your authenticators and to payment "
        f"information until you have set a new password."
    )


def number_replaced(settings: Settings, not_me: str) -> str:
    return f"{settings.brand}: this number was replaced on your account. If that was not you: {not_me}"
