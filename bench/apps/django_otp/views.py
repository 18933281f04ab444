"""The page behind `otp_required`, django-otp's own challenge, and the signals that become audit rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import path
from django_otp.decorators import otp_required
from django_otp.forms import OTPTokenForm, otp_verification_failed
from django_otp.views import LoginView

from apps import common
from apps.django_base import pages
from apps.django_base.models import Audit


class FilePhone:
    """The gateway that two_factor sends by."""

    @staticmethod
    def send_sms(device: Any, token: str) -> None:
        common.text(device.number.as_e164, token)


class TokenForm(OTPTokenForm):
    def _handle_challenge(self, device: Any) -> None:
        """As the library does, but without the code in the page's own message."""
        if device is None:
            super()._handle_challenge(device)
        device.generate_challenge()
        raise forms.ValidationError("We sent a code to your phone.", code="challenge_message")


class Challenge(LoginView):
    otp_token_form = TokenForm
    template_name = "challenge.html"


@receiver(user_logged_in)
def passed(sender: Any, request: HttpRequest, user: Any, **more: Any) -> None:
    Audit.record(user.pk, common.PASSED, request.META["REMOTE_ADDR"])


@receiver(otp_verification_failed)
def failed(sender: Any, user: Any, **more: Any) -> None:
    Audit.record(user.pk, common.FAILED, "127.0.0.1")


urlpatterns = [
    path("healthz", pages.healthz),
    path("payments", otp_required(pages.payments)),
    path("verify", Challenge.as_view()),
]
