"""Who at a desk may do what: one table, held against every address of the program."""

import re

import pytest
from house.asking import user_of
from house.desk import at_the_desk, newest_case, signed_in

from portal.accounts.staff import Desk
from portal.models.authenticator import Authenticator
from portal.models.case import Case, Identified
from portal.models.company import Membership, Role
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.user import User
from portal.refusals import NotAllowed
from portal.support import acts, calls, cases, desk, duties, people
from portal.support.duties import TABLE, Duty
from portal.verification import authenticators, gate, recovery_codes

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
KEEPS_IN = ("/sign-out", "/dev/", "/static/", "/not-me/")  # what would end the round, or belongs to the demo


def rooms_of_the_desk(app):
    return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/desk")]


def test_every_address_of_the_desk_names_its_power(app):
    views = {rule.endpoint: app.view_functions[rule.endpoint] for rule in rooms_of_the_desk(app)}
    assert [name for name, view in views.items() if getattr(view, "duty", None) not in TABLE] == []


def test_every_power_is_in_the_table_with_a_sentence():
    assert set(TABLE) == set(Duty)
    assert all(row.words and row.desks for row in TABLE.values())


def test_developer_support_answers_and_sees_ready_or_not_and_that_is_all():
    theirs = {power for power, row in TABLE.items() if Desk.DEVELOPER_SUPPORT in row.desks}
    assert theirs == {Duty.ANSWER_CASES, Duty.SEE_READY}


@pytest.mark.parametrize("path", ["/support", "/help?q=whom+can+I+ask"])
def test_the_table_is_on_the_support_page_and_in_the_help(person, path):
    page = person("grace").opens(path).sees(*(row.words for row in TABLE.values()), *duties.NOBODY)
    lines = {line.first("th").text: line for line in page.page.every("tr") if line.first("td")}
    for row in TABLE.values():
        shown = [bool(cell.first("svg")) for cell in lines[row.words].every("td")]
        assert shown == [each in row.desks for each in Desk]


def some(kind):
    """A value for the variables of an address: what is there, where it can be."""
    return {"case": 1, "company": 1, "user": 2, "desk": "customer", "link": 1, "sign_in_id": 999}.get(kind, "some")


def addresses(app):
    """Every address of the program, with something put in for its variables."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:[^:<>]+:)?([a-z_]+)>", lambda found: str(some(found[1])), rule.rule)
        if not path.startswith(KEEPS_IN):
            yield path


def everything_about_authenticators():
    rows = (Authenticator, RecoveryCode, Replacement)
    return [list(model.select().order_by(model.id).dicts()) for model in rows], [
        (user.id, user.failures, user.locked_until)
        for user in User.select().where(User.staff.is_null()).order_by(User.id)
    ]


def test_developer_support_asks_for_everything_by_every_method_and_changes_nothing(kit, app, person, events):
    cases.say(kit, signed_in(kit, "grace"), Desk.CUSTOMER_SUPPORT, "My phone is gone.")
    browser, before = at_the_desk(kit, person, "devsupport"), everything_about_authenticators()
    form = {"number": "+12025550111", "name": "x", "act": "remove", "how": "call_back", "note": "x", "code": "123456"}
    for path in addresses(app):
        for method in METHODS:
            data = {**form, "csrf_token": browser.csrf, "verify": "number"} if method != "GET" else None
            answer = browser.client.open(path, method=method, data=data)
            assert answer.status_code < 500, (method, path)
            assert not {word for word in ("JBSWY", "0143") if word in answer.text}, path
    assert everything_about_authenticators() == before
    refused = {event.details["page"] for event in events("access.refused")}
    assert {path for path in addresses(app) if is_about_others(path)} <= refused


def is_about_others(path):
    """Whether a page is of a company, or changes somebody at the desk of customer support."""
    acts = (
        "/identify",
        "/unlock",
        "/recovery",
        "/replacement/shorten",
        "/replacement/cancel",
        "/account",
        "/log",
        "/calls",
    )
    return path.startswith("/companies/1") or (path.startswith("/desk") and path.endswith(acts))


@pytest.mark.parametrize("path", ["phone", "app", "recovery-codes", "some"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_developer_support_is_refused_where_authenticators_change_and_it_is_on_record(
    kit, person, events, path, method
):
    browser = at_the_desk(kit, person, "devsupport")
    page = f"/account/login-and-security/2-step-verification/{path}"
    answer = browser.client.open(page, method=method, data={"csrf_token": browser.csrf})
    assert answer.status_code == 403
    assert [event.details["page"] for event in events("access.refused")] == [page]


def test_developer_support_sees_no_control_for_authenticators(kit, person):
    browser = at_the_desk(kit, person, "devsupport").opens("/account/login-and-security")
    browser.sees("The operator looks after").does_not_see("Edit 2-Step verification", "Turn on")
    assert browser.opens("/account/login-and-security/2-step-verification").status == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda kit, by, own: authenticators.remove(kit, by, own),
        lambda kit, by, own: authenticators.prefer(kit, by, own),
        lambda kit, by, own: authenticators.rename(kit, by, own, "x"),
        lambda kit, by, own: recovery_codes.make(kit, by),
        lambda kit, by, own: gate.use(kit, by),
    ],
)
def test_the_heart_refuses_developer_support_itself(kit, change):
    by = signed_in(kit, "devsupport")
    with pytest.raises(gate.NotAtThisDesk):
        change(kit, by, Authenticator.of(by.user_id)[0].id)


@pytest.mark.parametrize(
    "act",
    [
        acts.lift_lock,
        acts.replace,
        acts.shorten_replacement,
        acts.cancel_replacement,
        lambda kit, by, case: acts.correct(kit, by, case, "x", "x@example.com"),
        lambda kit, by, case: desk.identify(kit, by, case, Identified.CALL_BACK, "x"),
        lambda kit, by, case: people.about(kit, by, Case.get_by_id(case)),
        lambda kit, by, case: calls.open_case(kit, by, "grace@example.com", "x"),
    ],
)
@pytest.mark.parametrize("name", ["devsupport", "alan"])
def test_a_function_refuses_who_has_not_its_power(kit, act, name):
    cases.say(kit, signed_in(kit, "grace"), Desk.DEVELOPER_SUPPORT, "A question.")
    Case.update(taken_by=user_of(name), identified_by=user_of(name)).execute()
    with pytest.raises(NotAllowed):
        act(kit, signed_in(kit, name), newest_case().id)


def test_nobody_else_comes_to_a_desk_and_it_is_on_record(person, app, events):
    grace = person("grace")
    paths = {re.sub(r"<[^>]+>", "1", rule.rule): rule.methods for rule in rooms_of_the_desk(app)}
    for path, methods in paths.items():
        for method in methods & {"GET", "POST"}:
            assert grace.client.open(path, method=method, data={"csrf_token": grace.csrf}).status_code == 403
    assert {event.details["page"] for event in events("access.refused")} == set(paths)


@pytest.mark.parametrize("name", ["care", "devsupport"])
def test_staff_never_open_payment_information_even_as_members(kit, person, name, events):
    Membership.create(user=user_of(name), company=1, role=Role.ADMINISTRATOR)
    browser = at_the_desk(kit, person, name)
    page = browser.opens("/companies/1/settings/payments-and-benefits/payment-information")
    assert page.status == 403
    assert len(events("access.refused")) == 1
    with pytest.raises(gate.NotAMember):
        gate.enter(kit, gate.look(kit, signed_in(kit, name), 1))
