"""The audit log: rows are added and read. Nothing in the program changes or deletes one."""

from __future__ import annotations

from peewee import BigAutoField, CharField, IntegerField, JSONField

from portal.models.base import Instant, Record


class Event(Record):
    id = BigAutoField()
    at = Instant(index=True)
    kind = CharField(max_length=40)
    user = IntegerField(null=True, index=True)  # plain numbers: an event outlives what it speaks of
    company = IntegerField(null=True, index=True)
    sign_in = IntegerField(null=True)
    address = CharField(max_length=45)
    details = JSONField(default=dict)
