"""Fill the database of one target: `python -m apps.seed APP SEED PEOPLE`, both modules of this folder.

APP is what is served; SEED has `seed(people)`, which makes them and gives the cookie of each one's sign-in.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

from apps.common import FOLDER, Person


def main(app: str, seed: str, many: str) -> None:
    import_module(app)  # first, as it sets up its framework
    people = [Person(number) for number in range(1, int(many) + 1)]
    cookies = import_module(seed).seed(people)
    lines = [as_line(person, cookie) for person, cookie in zip(people, cookies, strict=True)]
    (FOLDER / "people.jsonl").write_text("".join(lines))


def as_line(person: Person, cookie: dict[str, str]) -> str:
    known = {"number": person.number, "phone": person.phone, "secret": person.secret_as_typed, "cookies": cookie}
    return json.dumps(known) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
