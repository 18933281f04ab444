"""What holds when everything comes at once, from many threads of two processes, on one database."""

from collections import Counter

import pytest
from house.asking import app_code, user_of
from house.crowd import crowd
from house.payouts import IBAN
from house.phones import wrong_code

from portal.demo.kit import pack_demo
from portal.models.authenticator import Authenticator
from portal.models.challenge import Challenge, Code
from portal.models.payment import PaymentDraft, PaymentVersion
from portal.models.quota import Quota

pytestmark = pytest.mark.slow

FORM = {
    "payee_kind": "company",
    "payee": "Analytical Engines Ltd",
    "street": "1 Road",
    "city": "Paris",
    "country": "FR",
    "currency": "EUR",
    "bank_country": "FR",
    "iban": IBAN["IBAN"],
}


@pytest.fixture
def kit(kit):
    """The same world by the clock that every process reads."""
    return pack_demo(kit.settings)


def who(somebody) -> dict[str, object]:
    return {"sign_in": somebody.question.sign_in.id, "token": somebody.question.sign_in.token}


def test_of_two_hundred_wrong_answers_at_once_ten_are_looked_at(asked, kit, events):
    grace = asked("grace")
    code = grace.gets()
    outcomes = Counter(crowd(kit, "answer", [{**who(grace), "typed": wrong_code(code)}] * 200))
    assert outcomes == {"wrong": 9, "locked": 191}
    assert len(events("verification.failed")) == 10
    assert len(events("account.locked")) == 1
    assert grace.answers(code) == "locked"


def test_of_a_hundred_right_answers_at_once_one_passes(asked, kit, events):
    grace = asked("grace")
    code = grace.gets()
    outcomes = Counter(crowd(kit, "answer", [{**who(grace), "typed": code}] * 100))
    assert outcomes == {"passed": 1, "repeated": 99}
    assert len(events("verification.passed")) == 1
    assert user_of("grace").failures == 0


def test_of_a_hundred_right_answers_in_many_browsers_one_step_passes_once(asked, kit, events):
    app = Authenticator.get(Authenticator.name == "Work phone").id
    code = app_code(kit)
    jobs = [{**who(asked("grace")), "app": app, "typed": code} for _ in range(40)]
    assert Counter(crowd(kit, "answer_app", jobs)) == {"passed": 1, "repeated": 39}
    assert len(events("verification.passed")) == 1


def test_right_and_wrong_at_once_come_to_one_pass_or_a_lock(asked, kit, events):
    grace = asked("grace")
    code = grace.gets()
    jobs = [{**who(grace), "typed": typed} for typed in [wrong_code(code)] * 30 + [code] * 5]
    outcomes = Counter(crowd(kit, "answer", jobs))
    assert outcomes["passed"] <= 1
    assert sum(event.kind == "verification.passed" for event in events()) == outcomes["passed"]


def test_a_number_never_gets_more_than_its_codes_of_a_day(asked, kit, phone):
    mary = Authenticator.get(Authenticator.number == "+12025550178").id
    jobs = [{**who(asked("mary")), "to": mary} for _ in range(30)]
    assert Counter(crowd(kit, "send", jobs)) == {"sent": 10, "NotBefore": 20}
    assert len(phone("+12025550178").messages) == 10
    assert Quota.get_by_id("send:number:+12025550178").spent == 10


def test_one_challenge_never_sends_two_codes_at_once(asked, kit, phone):
    mary = asked("mary")
    jobs = [{**who(mary), "to": mary.authenticator().id}] * 30
    assert Counter(crowd(kit, "send", jobs)) == {"sent": 1, "NotBefore": 29}
    assert Code.select().count() == Challenge.select().count() == 1


def test_of_sixty_passwords_typed_again_at_once_ten_are_looked_at(asked, kit, events):
    grace = asked("grace")
    outcomes = Counter(crowd(kit, "confirm", [{**who(grace), "typed": "a wrong password"}] * 60))
    assert outcomes == {"WrongPassword": 10, "NotBefore": 50}
    assert (len(events("password.refused")), len(events("password.slowed"))) == (10, 50)


def test_of_sixty_passwords_at_the_door_at_once_ten_are_looked_at(kit, events):
    jobs = [{"email": "grace@example.com", "typed": "a wrong password"}] * 60
    assert Counter(crowd(kit, "come_in", jobs)) == {"WrongPassword": 10, "NotBefore": 50}
    assert (len(events("sign_in.refused")), len(events("sign_in.slowed"))) == (10, 50)


def test_of_many_saves_at_once_each_version_is_written_once(asked, kit):
    people = [asked(name).passes() for name in ("grace", "mary") * 10]
    jobs = [{**who(each), "seen": 1, "typed": {**FORM, "city": f"City {n}"}} for n, each in enumerate(people)]
    assert Counter(crowd(kit, "save", jobs)) == {"version 2": 1, "Conflict": 19}
    assert [row.version for row in PaymentVersion.select().order_by(PaymentVersion.version)] == [1, 2]


def test_one_approval_saves_once_however_often_it_is_pressed(asked, kit, events):
    grace = asked("grace").passes()
    outcomes = Counter(crowd(kit, "save", [{**who(grace), "seen": 1, "typed": FORM}] * 20))
    assert outcomes["version 2"] == 1
    assert outcomes.keys() <= {"version 2", "Conflict", "Mismatch", "Needed"}
    assert len(events("payment.changed")) == 1


def test_a_draft_that_is_kept_many_times_at_once_is_one(asked, kit):
    grace = asked("grace").passes()
    assert Counter(crowd(kit, "keep", [{**who(grace), "typed": FORM}] * 20)) == {"kept": 20}
    assert PaymentDraft.select().count() == 1
