"""The command line: what scripts rely on in a demo that runs, and what an operator hears when something is wrong."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner
from house.world import close

from portal import config
from portal.cli import main
from portal.commands.demo import span
from portal.database import database
from portal.models.payment import PaymentVersion
from portal.models.user import User
from portal.seal import Keys


@pytest.fixture
def portal(kit):
    """Run the command on the data of this test; what came of it."""

    def run(*words: str, **environment: str):
        close(database.obj)
        given = {"PORTAL_DATA": str(kit.settings.data), "PORTAL_DATABASE": kit.settings.database, **environment}
        return CliRunner().invoke(main, words, env=given)

    return run


def now(portal) -> datetime:
    return datetime.fromisoformat(portal("demo", "clock").output.strip())


def lines(said) -> list[dict[str, str]]:
    return [json.loads(line) for line in said.output.splitlines()]


def test_the_phones_are_one_object_a_line_oldest_first(portal, asked):
    grace = asked("grace")
    text, _ = grace.gets("text"), grace.gets("call")
    got = lines(portal("demo", "phones", "--json"))
    assert [each["channel"] for each in got] == ["text", "call"]
    assert all(each.keys() >= {"to", "channel", "body", "at"} for each in got)
    assert got[0]["to"] == "+12025550143"
    assert got[0]["body"].startswith(text)


def test_the_mail_is_one_object_a_line(portal, visitor):
    visitor().opens("/sign-up").fills("E-mail address", "new@example.com").presses("Send link")
    (letter,) = lines(portal("demo", "mail", "--json"))
    assert letter["to"] == "new@example.com"
    assert letter.keys() >= {"to", "subject", "body", "at"}


def test_phones_and_mail_can_be_read_by_people_too(portal, asked):
    code = asked("grace").gets()
    assert code in portal("demo", "phones").output
    assert portal("demo", "mail").exit_code == 0


def test_a_demo_where_nothing_happened_prints_nothing(portal):
    assert portal("demo", "phones", "--json").output == portal("demo", "mail", "--json").output == ""


@pytest.mark.parametrize(
    ("move", "seconds"), [("+595s", 595), ("-1h", -3600), ("+9m", 540), ("+2d", 172_800), ("+30min", 1800), ("+5", 5)]
)
def test_the_clock_moves_from_where_it_is(portal, move, seconds):
    before = now(portal)
    assert portal("demo", "clock", move).exit_code == 0
    assert abs(now(portal) - before - timedelta(seconds=seconds)) < timedelta(seconds=5)


def test_moves_add_up_and_reset_undoes_them(portal):
    portal("demo", "clock", "+1h"), portal("demo", "clock", "+1h")
    assert abs(now(portal) - datetime.now(UTC) - timedelta(hours=2)) < timedelta(seconds=5)
    portal("demo", "clock", "reset")
    assert abs(now(portal) - datetime.now(UTC)) < timedelta(seconds=5)


def test_an_offset_is_from_real_time(portal):
    portal("demo", "clock", "+1h")
    portal("demo", "clock", "--offset", "595s")
    assert abs(now(portal) - datetime.now(UTC) - timedelta(seconds=595)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    "move", ["soon", "+1y", "+", "1e9", "+９s", "+1.5h", "--offset=soon", "+999999999d", "-999999999d"]
)
def test_a_move_that_is_none_is_refused_and_moves_nothing(portal, kit, move):
    said = portal("demo", "clock", move)
    assert (said.exit_code, "Traceback" in said.output) == (2, False)
    assert kit.clock.offset == timedelta()


def test_a_stretch_of_time_is_read_as_people_write_it():
    assert [span(text) for text in ("90s", "-2h", "3d")] == [
        timedelta(seconds=90),
        timedelta(hours=-2),
        timedelta(days=3),
    ]


def test_the_demo_is_put_back_as_it_was(portal, asked, kit):
    asked("grace").gets()
    User.delete().where(User.email == "alan@example.com").execute()
    portal("demo", "clock", "+1h")
    assert portal("demo", "reset").exit_code == 0
    assert User.select().count() == 7
    assert PaymentVersion.select().count() == 1
    assert kit.telephony.messages() == []
    assert kit.clock.offset == timedelta()


def test_the_demo_is_put_back_under_a_program_that_runs(portal, person):
    grace = person("grace")
    portal("demo", "reset")
    assert grace.opens("/").heading == "Sign in"


def test_a_new_key_is_put_on_top_of_the_others(portal, kit):
    before = kit.settings.keys_file.read_text()
    assert portal("keys", "new").exit_code == 0
    after = kit.settings.keys_file.read_text()
    assert after.endswith(before)
    assert len(after.splitlines()) == 2
    assert Keys.read(kit.settings.keys_file).open(kit.keys.seal("old", "x"), "x") == "old"


def test_a_key_is_never_printed(portal, kit):
    said = portal("keys", "new").output
    assert not any(line.split()[1] in said for line in kit.settings.keys_file.read_text().splitlines())


def test_the_settings_are_printed_as_a_table(portal):
    assert portal("settings").output.strip() == config.table()


def test_migrating_twice_says_that_all_is_well(portal):
    said = portal("migrate")
    assert (said.exit_code, "up to date" in said.output) == (0, True)


@pytest.mark.parametrize(
    ("words", "environment", "told"),
    [
        (("migrate",), {"PORTAL_CODE_MINUTES": "ten"}, "PORTAL_CODE_MINUTES"),
        (("demo", "phones"), {"PORTAL_TELEPHONY": "twilio"}, "PORTAL_TELEPHONY"),
        (("demo", "clock"), {"PORTAL_MAIL": "smtp://x"}, "PORTAL_MAIL"),
        (("demo", "reset"), {"PORTAL_SIGN_UP": "maybe"}, "PORTAL_SIGN_UP"),
    ],
)
def test_what_an_operator_can_mend_is_one_sentence_and_exit_code_two(portal, words, environment, told):
    said = portal(*words, **environment)
    assert said.exit_code == 2
    assert told in said.output
    assert "Traceback" not in said.output
    assert len(said.output.strip().splitlines()) == 1


@pytest.mark.parametrize("words", [("nonsense",), ("demo", "nonsense"), ("demo", "phones", "--nonsense")])
def test_an_unknown_command_is_exit_code_two(portal, words):
    assert portal(*words).exit_code == 2


@pytest.mark.parametrize("words", [(), ("--help",), ("demo", "--help"), ("keys", "--help")])
def test_help_names_every_command(portal, words):
    said = portal(*words).output
    assert re.search(r"Commands:\n(  \w[\w-]* +\w.*\n?)+", said)
