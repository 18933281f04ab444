"""The record: every kind of event is written somewhere, holds nothing secret, and is never changed."""

import ast
import re
from pathlib import Path

import pytest
from house.asking import PAYMENT, app_code, user_of
from house.payouts import saves

from portal.models.event import Event
from portal.record import kinds
from portal.record.writing import record

ROOT = Path(__file__).parent.parent
PORTAL = ROOT / "portal"
# The gallery aside, whose world is a stage of its own.
FILES = sorted(path for path in PORTAL.rglob("*.py") if "gallery" not in path.parts)
CODE = [(file, ast.parse(file.read_text())) for file in FILES]
SECURITY = ROOT / "docs" / "security.md"


def calls(name: str) -> list[ast.Call]:
    """Every call of something called `name`."""
    found = [node for _, tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [node for node in found if ast.unparse(node.func).rpartition(".")[2] == name]


def words_in(*trees: ast.AST) -> set[str]:
    return {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def test_every_kind_of_the_table_is_written_somewhere():
    written = words_in(*(tree for file, tree in CODE if file.name != "kinds.py"))
    derived = {"verification.expired", "verification.repeated"}  # f"verification.{outcome}"
    assert kinds.KINDS.keys() - written - derived == set()


def test_every_event_that_is_written_is_in_the_table():
    named = {
        word for call in calls("record") + calls("on_record") for word in words_in(*call.args) if isinstance(word, str)
    }
    written = {word for word in named if re.fullmatch(r"[a-z_]+\.[a-z_]+", word)}
    assert written
    assert written - kinds.KINDS.keys() == set()


def test_every_detail_that_is_written_is_in_the_table():
    given = {keyword.arg for call in calls("record") for keyword in call.keywords if keyword.arg}
    assert given - {"by", "user", "company", "address"} - set(kinds.DETAILS) == set()


def test_every_kind_is_named_and_explained():
    for kind, words in kinds.KINDS.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind)
        assert words[0].isupper()
        assert not words.endswith(".")


@pytest.mark.skipif(not SECURITY.exists(), reason="docs/security.md is not written yet")
def test_the_inventory_in_the_docs_is_the_table():
    listed = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| (.+) \|$", SECURITY.read_text(), re.MULTILINE))
    assert listed == kinds.KINDS


def test_an_unknown_kind_or_detail_is_refused(kit):
    with pytest.raises(KeyError):
        record(kit, "payment.stolen")
    with pytest.raises(KeyError):
        record(kit, "payment.viewed", code="123456")
    assert Event.select().count() == 0


def test_nothing_in_the_program_changes_or_removes_an_event():
    """Every statement on Event is a select; the one row that is saved is a new one."""
    used = {ast.unparse(node) for file, tree in CODE for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    methods = {
        each.removeprefix("Event.").partition(".")[0].partition("(")[0] for each in used if each.startswith("Event.")
    }
    changing = {
        "update",
        "delete",
        "delete_by_id",
        "set_by_id",
        "insert",
        "insert_many",
        "replace",
        "bulk_update",
        "truncate_table",
    }
    assert "select" in methods
    assert methods & changing == set()
    statements = [word for _, tree in CODE for word in words_in(tree) if isinstance(word, str)]
    assert not [
        word
        for word in statements
        if re.search(r"(UPDATE|DELETE FROM|TRUNCATE|DROP TABLE)\W+event\b", word, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "forged",
    [
        "one\ntwo",
        "one\r\n2026-01-01 sign_in.opened",
        "\x1b[2Jcleared",
        "a\u2028b",
        "a\u202eb",
        "a\x00b",
        "\x9b31m",
        "x" * 5000,
    ],
)
def test_an_event_is_one_printable_line(kit, forged):
    record(kit, "account.unlocked", reason=forged)
    said = Event.get().details["reason"]
    assert said.isprintable()
    assert len(said.splitlines()) == 1
    assert len(said) <= 200


def test_an_event_says_who_where_and_when(person, events, clock):
    grace = person("grace")
    (event,) = events("sign_in.opened")
    assert (event.user, event.address) == (user_of("grace").id, "127.0.0.1")
    assert abs((clock.now() - event.at).total_seconds()) < 1
    assert event.sign_in
    assert grace


def test_the_whole_walk_leaves_nothing_secret_on_the_record(verified, person, phone, kit, clock):
    saves(verified().presses("Show account number").clicks("Edit"))
    ada = person("ada").opens(PAYMENT).fills("Phone number", "+12025550111").presses("Send code")
    code = phone("+12025550111").newest_code()
    ada.fills("Six-digit code", "111 111").presses("Verify").fills("Six-digit code", code).presses("Verify")
    record = str([(event.kind, event.address, event.details) for event in Event.select()])
    for secret in (code, "2025550111", "2025550143", "DE89", "FR14", "2606", "3000", "correct horse", app_code(kit)):
        assert secret not in record


WALK = [
    "sign_in.opened",
    "sign_in.refused",
    "access.refused",
    "code.sent",
    "code.refused",
    "verification.failed",
    "verification.passed",
    "payment.viewed",
    "payment.number_shown",
    "payment.changed",
    "verification.ended",
    "sign_in.ended",
]


def test_a_walk_through_the_console_is_on_the_record_step_by_step(visitor, person, phone, events):
    visitor().opens("/sign-in").fills("E-mail address", "mary@example.com").fills("Password", "x").presses("Sign in")
    person("alan").opens(PAYMENT)
    mary = person("mary").opens(PAYMENT).presses("Send code").presses("Send another")
    mary.fills("Six-digit code", "111 111").presses("Verify")
    mary.fills("Six-digit code", phone("+12025550178").newest_code()).presses("Verify")
    saves(mary.presses("Show account number").clicks("Edit")).presses("End now").presses("Sign out")
    assert {event.kind for event in events()} == set(WALK)


@pytest.mark.parametrize("condition", ["failing", "down"])
def test_a_code_that_could_not_be_delivered_is_on_the_record(asked, phone, events, condition):
    phone("+12025550143").becomes(condition)
    asked("grace").gets_nothing()
    (event,) = events("code.undelivered")
    assert event.details["ending"] == "43"
