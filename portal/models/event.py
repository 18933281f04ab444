"""The audit log: rows are added and read. Nothing in the program changes or deletes one; each is chained to
the one before by a keyed hash, so that `portal audit verify` finds where somebody else did."""

from __future__ import annotations

import json

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
    hash = CharField(max_length=90)  # keyed, over this row and the hash of the one before

    def content(self, before: str) -> str:
        """All that the hash stands for."""
        row = (self.at, self.kind, self.user, self.company, self.sign_in, self.address, self.details)
        return json.dumps([before, *row], sort_keys=True, default=str)
