"""The page behind `reauthentication_required`, and the signals that become counter and audit rows."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.db import transaction
from django.db.models import F
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import include, path

from apps import common
from apps.django_base import pages
from apps.django_base.models import Audit, Failures


@receiver(authenticator_used)
def passed(sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
    Audit.record(user.pk, common.PASSED, request.META["REMOTE_ADDR"])


@receiver(authentication_failed)
def failed(sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
    with transaction.atomic():
        Failures.objects.filter(user_id=user.pk).update(fails=F("fails") + 1)
        Audit.record(user.pk, common.FAILED, request.META["REMOTE_ADDR"])


urlpatterns = [
    path("healthz", pages.healthz),
    path("payments", reauthentication_required(pages.payments)),
    path("accounts/", include("allauth.urls")),
]
