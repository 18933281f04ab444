"""How often the hot pages ask the database: a number that does not grow with what lies in it."""

import pytest
from house.asking import PAYMENT, app_code
from house.phones import wrong_code
from house.world import POSTGRES

from portal.database import database

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="counted by SQLite itself; PostgreSQL is asked the same")

SELECTS = {  # at the most
    "/companies/1/": 1,
    PAYMENT: 2,
    f"{PAYMENT}/edit": 5,
    "/account/login-and-security/2-step-verification": 3,
    "/account/activity": 2,
    "/help": 1,
}


class Statements(list[str]):
    """What the database was asked, word by word."""

    @property
    def counted(self) -> tuple[int, int, int]:
        """SELECTs, writes and commits."""
        first = [each.split(maxsplit=1)[0].upper() for each in self]
        return (
            first.count("SELECT"),
            sum(first.count(word) for word in ("INSERT", "UPDATE", "DELETE")),
            first.count("COMMIT"),
        )


@pytest.fixture
def statements(kit):
    asked = Statements()
    database.connect(reuse_if_open=True)
    database.connection().set_trace_callback(asked.append)
    yield asked
    database.connection().set_trace_callback(None)


@pytest.mark.parametrize("path", SELECTS)
def test_a_hot_page_asks_the_database_no_more_than_this(verified, statements, path):
    grace = verified()
    statements.clear()
    grace.opens(path)
    assert statements.counted[0] <= SELECTS[path]


def test_the_door_asks_nothing(visitor, statements):
    visitor().opens("/sign-in")
    assert statements == []


def test_a_look_is_one_look_at_who_it_is_one_at_what_is_in_force_and_one_event(verified, statements):
    grace = verified()
    statements.clear()
    grace.opens(PAYMENT)
    assert statements.counted == (2, 1, 1)


def test_a_wrong_code_is_counted_in_one_transaction_with_its_event(person, statements, kit):
    grace = person("grace", htmx=True).opens(PAYMENT).fills("Six-digit code", wrong_code(app_code(kit)))
    statements.clear()
    grace.presses("Verify").sees("This code is invalid.")
    assert statements.counted == (3, 2, 1)


def test_a_right_code_is_answered_with_the_page_that_it_opens(person, statements, kit):
    grace = person("grace", htmx=True)
    statements.clear()
    grace.opens(PAYMENT).fills("Six-digit code", app_code(kit))
    asked = statements.counted
    assert asked == (3, 0, 0)
    grace.presses("Verify").sees("Every look at this page")
    assert statements.counted == (8, 5, 2)


def test_a_texted_code_takes_no_more_than_this(person, statements, phone):
    emmy = person("emmy", htmx=True).opens("/companies/2/settings/payments-and-benefits/payment-information")
    statements.clear()
    emmy.presses("Send code").fills("Six-digit code", phone("+12025550166").newest_code()).presses("Verify")
    emmy.sees("No payout details yet")
    selects, writes, commits = statements.counted
    assert selects <= 11
    assert writes <= 9
    assert commits <= 3
