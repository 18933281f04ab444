"""Statements that are written once: a query as it reads in Peewee, its SQL made at the first use and kept.

Peewee writes the text of a query anew at each use, which was more than half of what a request cost.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from peewee import AutoField, BooleanField, Field, JSONField, ModelAlias, ModelCursorWrapper, Value

from portal.database import database
from portal.models.base import Instant

Fill = Callable[[tuple[Any, ...]], Any]

KEPT_OTHERWISE = (Instant, BooleanField, JSONField)  # than Python has it; all else comes from the database as it is


class Place(Value):
    """Where a value goes that is given at each use. It is converted as its field asks for: the one that it is compared
    with or put into, or that is named."""

    def __init__(self, name: str, field: Field | None = None) -> None:
        super().__init__(None, unpack=False)
        self.name, self.field = name, field

    def __sql__(self, ctx: Any) -> Any:
        convert = conversion(self.field) if self.field else ctx.state.converter
        return ctx.value(Blank(self.name, convert or unchanged), converter=False)


class Blank:
    """A place in the parameters of a statement."""

    def __init__(self, name: str, convert: Callable[[Any], Any]) -> None:
        self.name, self.convert = name, convert


def conversion(field: Any) -> Callable[[Any], Any]:
    """JSON goes to both databases as text; Peewee would wrap it in a function."""
    return json.dumps if isinstance(field, JSONField) else field.db_value


def unchanged(value: Any) -> Any:
    return value


def place(name: str, field: Field | None = None) -> Any:
    return Place(name, field)


class Statement:
    """What `build` makes, in whose places stand the values that are given by name at each use."""

    def __init__(self, build: Callable[[], Any]) -> None:
        self._build = build
        self._texts: dict[type, tuple[str, list[Any]]] = {}  # SQLite and PostgreSQL write it differently
        self._fill: Fill | None = None

    def all(self, **values: Any) -> list[Any]:
        """The rows as models, with those that are joined."""
        cursor = self._execute(values)
        fill = self._fill or self._learn(cursor)
        return [fill(row) for row in cursor.fetchall()]

    def first(self, **values: Any) -> Any:
        """The first row, or None."""
        cursor = self._execute(values)
        row = cursor.fetchone()
        return (self._fill or self._learn(cursor))(row) if row else None

    def value(self, **values: Any) -> Any:
        """The only column of the first row, as the database has it, or None."""
        row = self._execute(values).fetchone()
        return row[0] if row else None

    def run(self, **values: Any) -> int:
        """How many rows were written."""
        return int(self._execute(values).rowcount)

    def _execute(self, values: dict[str, Any]) -> Any:
        text, places = self._texts.get(type(database.obj)) or self._write()
        given = [each.convert(values[each.name]) if type(each) is Blank else each for each in places]
        return database.execute_sql(text, given)

    def _write(self) -> tuple[str, list[Any]]:
        query = self._build()
        for field, each in written(query):
            each.field = each.field or field
        text, places = query.sql()
        self._texts[type(database.obj)] = text, places
        return text, places

    def _learn(self, cursor: Any) -> Fill:
        self._fill = filler(self._build(), cursor)
        return self._fill


class Insertion(Statement):
    """Puts whole rows of one table in."""

    def __init__(self, model: Any, but_if: Callable[[Any], Any] = unchanged) -> None:
        self._names = [each.name for each in model._meta.sorted_fields if not isinstance(each, AutoField)]
        super().__init__(lambda: but_if(model.insert({model._meta.fields[each]: place(each) for each in self._names})))

    def put(self, row: Any) -> int:
        """How many rows that made: none, where the statement has it that a conflict is passed over."""
        return self.run(**{name: row.__data__.get(name) for name in self._names})


def written(query: Any) -> list[tuple[Any, Place]]:
    """The places in what an INSERT or UPDATE writes, with their fields, by which Peewee does not convert a node."""
    pairs = {**(getattr(query, "_update", None) or {})}
    insert = getattr(query, "_insert", None)
    pairs |= insert if isinstance(insert, dict) else {}
    fields = query.model._meta.combined
    return [(fields.get(each, each), value) for each, value in pairs.items() if isinstance(value, Place)]


def filler(query: Any, cursor: Any) -> Fill:
    """What makes the models of one row, as Peewee's own wrapper resolves the columns of `query`."""
    wrapper: Any = ModelCursorWrapper(cursor, query.model, query._returning, query._from_list, query._joins)
    wrapper.initialize()
    parts: dict[Any, list[tuple[int, str, Callable[[Any], Any] | None]]] = {}
    extras: list[tuple[int, str]] = []
    for at, key, name, convert in wrapper._row_spec:
        if wrapper.fields[at] is None:
            extras.append((at, name))
        else:
            needed = convert if isinstance(wrapper.fields[at], KEPT_OTHERWISE) else None
            parts.setdefault(key, []).append((at, name, needed))
    models = [(key, key.model if isinstance(key, ModelAlias) else key, columns) for key, columns in parts.items()]
    joins = [(source, attribute, key) for source, attribute, key, *_ in wrapper.src_to_dest]

    def fill(row: tuple[Any, ...]) -> Any:
        made = {key: model_of(model, columns, row) for key, model, columns in models}
        for source, attribute, key in joins:
            if made.get(source) is not None:
                join(made[source], attribute, made.get(key))
        root = made[query.model]
        for at, name in extras:
            setattr(root, name, row[at])
        return root

    return fill


def model_of(model: Any, columns: list[tuple[int, str, Callable[[Any], Any] | None]], row: tuple[Any, ...]) -> Any:
    """None for an outer join that found nothing: each of our tables begins with a key."""
    if row[columns[0][0]] is None:
        return None
    made = model.__new__(model)
    made.__data__ = {name: row[at] if convert is None else convert(row[at]) for at, name, convert in columns}
    made.__rel__ = {}
    made._dirty = set()
    return made


def join(source: Any, attribute: str, other: Any) -> None:
    if attribute in source._meta.fields:
        source.__rel__[attribute] = other
    else:
        setattr(source, attribute, other)
