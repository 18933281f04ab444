"""People of the Django peers, signed in as `django.contrib.auth.login()` would leave them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from apps.common import Person
from apps.django_base.models import Payment

BACKEND = "django.contrib.auth.backends.ModelBackend"


def make(people: list[Person]) -> None:
    """The tables, and everybody with a payment row; their second factors are the peer's own affair."""
    call_command("migrate", verbosity=0, run_syncdb=True)
    users = [get_user_model()(pk=each.number, username=f"dev{each.number}", email=each.email) for each in people]
    get_user_model().objects.bulk_create(users, batch_size=500)
    Payment.objects.bulk_create([Payment(user_id=each.number, **each.payment) for each in people], batch_size=500)


def sign_in(**more: Any) -> list[dict[str, str]]:
    """A session for everybody, with `more` in it; the cookie of each, in the order of the people."""
    store, expires, rows = SessionStore(), timezone.now() + timedelta(days=14), []
    for user in get_user_model().objects.order_by("pk"):
        known = {"_auth_user_id": str(user.pk), "_auth_user_backend": BACKEND}
        content = {**known, "_auth_user_hash": user.get_session_auth_hash(), **more}
        rows.append(Session(session_key=f"{user.pk:032d}", session_data=store.encode(content), expire_date=expires))
    Session.objects.bulk_create(rows, batch_size=500)
    return [{"sessionid": row.session_key} for row in rows]
