"""How often the hot pages ask the database: a number that does not grow with what lies in it."""

import logging

import pytest
from house.asking import PAYMENT
from house.world import POSTGRES

pytestmark = pytest.mark.skipif(bool(POSTGRES), reason="the pool of PostgreSQL adds statements of its own")

ALLOWED = {
    "/sign-in": 0,
    "/companies/1/": 5,
    PAYMENT: 12,
    "/account/login-and-security/2-step-verification": 6,
    "/account/activity": 5,
    "/help": 3,
}


# Transactions, the queue of writers and the pool's own look whether a connection lives.
HOUSEKEEPING = tuple(f"('{word}" for word in ("BEGIN", "SAVEPOINT", "RELEASE", "SELECT pg_advisory", "SELECT 1'"))


class Statements(logging.Handler):
    def __init__(self):
        super().__init__()
        self.count = 0

    def emit(self, record):
        self.count += not str(record.msg).startswith(HOUSEKEEPING)


@pytest.fixture
def statements():
    counted, log = Statements(), logging.getLogger("peewee")
    level = log.level
    log.addHandler(counted)
    log.setLevel(logging.DEBUG)
    yield counted
    log.removeHandler(counted)
    log.setLevel(level)


@pytest.mark.parametrize("path", [path for path in ALLOWED if path != "/sign-in"])
def test_a_hot_page_asks_the_database_no_more_than_this(verified, statements, path):
    grace = verified()
    statements.count = 0
    grace.opens(path)
    assert statements.count <= ALLOWED[path]


def test_the_door_asks_nothing(visitor, statements):
    visitor().opens("/sign-in")
    assert statements.count == 0
