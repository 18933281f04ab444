"""The protected page of both Django peers; each puts its own guard in front."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.common import PAYMENT_COLUMNS
from apps.django_base.models import Payment


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


def payments(request: HttpRequest) -> HttpResponse:
    row = Payment.objects.get(pk=request.user.pk)
    fields = [(name, getattr(row, name)) for name in PAYMENT_COLUMNS]
    return render(request, "payments.html", {"email": request.user.email, "fields": fields})
