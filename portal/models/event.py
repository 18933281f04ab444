"""The audit log: rows are added and read. Nothing in the program changes or deletes one; each is chained to
the one before by a keyed hash, so that `portal audit verify` finds where somebody else did."""

from __future__ import annotations

import json
from typing import Any

from peewee import BigAutoField, CharField, IntegerField, JSONField, Select, fn

from portal.models.base import Instant, Record
from portal.models.statement import Statement, place


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

    def put_behind(self, before: str) -> bool:
        """As the row behind the one with the hash `before`, empty for the first; False where that is not the newest."""
        return bool(PUT_BEHIND.run(before=before, **{each.name: self.__data__.get(each.name) for each in COLUMNS}))

    def content(self, before: str) -> str:
        """All that the hash stands for."""
        row = (self.at, self.kind, self.user, self.company, self.sign_in, self.address, self.details)
        return json.dumps([before, *row], sort_keys=True, default=str)


COLUMNS = [each for each in Event._meta.sorted_fields if each.name != "id"]


def put_behind() -> Any:
    newest = Event.select(Event.hash).order_by(Event.id.desc()).limit(1)
    row = Select(columns=[place(each.name, each) for each in COLUMNS])
    return Event.insert_from(row.where(fn.COALESCE(newest, "") == place("before", Event.hash)), COLUMNS)


PUT_BEHIND = Statement(put_behind)
