"""The tables that every target has, where the peer has none of its own for them."""

from __future__ import annotations

import time

from django.db import models

from apps.common import PAYMENT_COLUMNS


class Payment(models.Model):
    user_id = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "payment"


for column in PAYMENT_COLUMNS:
    Payment.add_to_class(column, models.TextField())


class Audit(models.Model):
    user_id = models.BigIntegerField()
    at = models.BigIntegerField()
    event = models.TextField()
    ip = models.TextField()

    class Meta:
        db_table = "audit"
        indexes = (models.Index(fields=["user_id", "at"], name="audit_user_at"),)

    @classmethod
    def record(cls, user_id: int, event: str, address: str) -> None:
        cls.objects.create(user_id=user_id, at=int(time.time()), event=event, ip=address)


class Failures(models.Model):
    user_id = models.BigIntegerField(primary_key=True)
    fails = models.IntegerField(default=0)

    class Meta:
        db_table = "failures"
