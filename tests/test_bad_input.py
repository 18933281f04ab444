"""What should never be typed or sent: a clear sentence or a plain refusal, nothing lost, never a 500."""

from urllib.parse import quote

import pytest
from house.asking import PAYMENT
from house.payouts import IBAN, types

from portal.models.authenticator import Authenticator
from portal.models.payment import PaymentVersion
from portal.models.user import User

NASTY = [
    "",
    "x" * 5000,
    "a\x00b",
    "a\r\nSet-Cookie: x=1",
    "\u202e\ufeff\u200b",
    "<script>{{ 7*7 }}</script>",
    "' OR 1=1 --",
    "😀",
    "²",
    "-1",
    "99999999999999999999",
    "http://[::1",
]


# Phone numbers, codes and names in their own fields (numbers and codes themselves: test_numbers, test_codes)


def test_no_phone_number_breaks_the_first_time_page(person, kit):
    ada = person("ada")
    for typed in NASTY:
        ada.opens(PAYMENT).fills("Phone number", typed).presses("Send code")
        assert ada.status in (400, 422)
        assert ada.alert
    assert kit.telephony.messages() == []


def test_no_code_breaks_the_challenge_and_what_is_none_is_not_counted(person):
    grace = person("grace")
    for typed in NASTY:
        grace.opens(PAYMENT).fills("Six-digit code", typed).presses("Verify")
        assert grace.status in (400, 422)
        assert grace.alert
    assert User.get(User.email == "grace@example.com").failures == 0


def test_digits_of_other_scripts_are_a_code(person):
    person("grace").opens(PAYMENT).fills("Six-digit code", "٠١٢٣٤٥").presses("Verify")
    assert User.get(User.email == "grace@example.com").failures == 1


@pytest.mark.parametrize(
    "typed", ["Núria 😀 李", "محمد", "O'Brien & Søn", "{{ 7*7 }}", "<b>bold</b>", "נועה", "'; DROP TABLE x"]
)
def test_a_name_in_any_script_is_kept_and_shown_as_typed(verified, typed):
    grace = types(verified().clicks("Edit"), "France", "EUR", IBAN).fills("Legal name", typed)
    grace.presses("Check the changes").presses("Save payment information")
    shown = grace.page.first("dd", class_="slip-payee")
    assert shown.text == typed
    assert not list(shown.every())


@pytest.mark.parametrize("typed", ["a\u202eb", "a\u200bb", "a\u0000b", "\u2066x", "a\x1b[31m", "a\u00adb"])
def test_a_name_that_hides_something_is_refused(verified, typed):
    grace = types(verified().clicks("Edit"), "France", "EUR", IBAN).fills("Legal name", typed)
    grace.presses("Check the changes")
    assert grace.status in (400, 422)
    assert PaymentVersion.select().count() == 1


def test_a_name_of_a_megabyte_is_refused_with_a_sentence(verified):
    grace = types(verified().clicks("Edit"), "France", "EUR", IBAN).fills("Legal name", "x" * 1_000_000)
    grace.presses("Check the changes")
    assert (grace.status, "too long" in grace.alert) == (422, True)
    assert grace.value("City") == "London"


@pytest.mark.parametrize("label", ["E-mail address", "Password"])
def test_nothing_breaks_the_door(visitor, label):
    for typed in NASTY:
        door = visitor().opens("/sign-in").fills("E-mail address", "nobody@example.com").fills("Password", "x")
        door.fills(label, typed).presses("Sign in")
        assert door.status in (400, 422, 429)
        assert door.alert


@pytest.mark.parametrize(
    "email",
    [
        "a@b",
        "a@b@c.example",
        "a b@example.com",
        "@example.com",
        "a@",
        "ä@example.com",
        "a@exa\nmple.com",
        "x" * 250 + "@example.com",
    ],
)
def test_an_address_that_is_none_gets_no_mail(visitor, kit, email):
    new = visitor().opens("/sign-up").fills("E-mail address", email).presses("Send link")
    assert new.status in (200, 400, 422)
    assert kit.mail.letters() == [] or email == "a@b"


def test_more_than_any_form_of_ours_is_refused_plainly(visitor):
    door = visitor().opens("/sign-in")
    answer = door.sends("/sign-in", {"email": "x" * 5_000_000, "password": "x"})
    assert answer.status_code == 413
    assert "larger than any form" in answer.text


def test_a_thousand_fields_are_refused_plainly(visitor):
    door = visitor().opens("/sign-in")
    fields = {f"field{n}": "x" for n in range(1000)}
    answer = door.client.post("/sign-in", data=fields, content_type="multipart/form-data")
    assert answer.status_code in (400, 413)


# Forged requests


@pytest.mark.parametrize("token", ["", "x", "null", "x" * 5000, "\u202e", None])
def test_a_forged_csrf_token_changes_nothing(person, kit, token):
    mary = person("mary").opens(PAYMENT)
    form = {"verify": "send", "use": Authenticator.get(Authenticator.number == "+12025550178").id}
    answer = mary.client.post(PAYMENT, data=form if token is None else {**form, "csrf_token": token})
    assert answer.status_code == 400
    assert "Reload the page" in answer.text
    assert kit.telephony.messages() == []


def test_the_csrf_token_of_somebody_else_is_worth_nothing(person, kit):
    mary, alan = person("mary").opens(PAYMENT), person("alan")
    form = {"verify": "send", "use": Authenticator.get(Authenticator.number == "+12025550178").id}
    assert mary.client.post(PAYMENT, data={**form, "csrf_token": alan.csrf}).status_code == 400
    assert kit.telephony.messages() == []


POSTS = [
    "/sign-in",
    "/sign-up",
    "/sign-out",
    "/new-password",
    PAYMENT,
    f"{PAYMENT}/edit",
    f"{PAYMENT}/check",
    "/dev/clock",
]


@pytest.mark.parametrize("path", POSTS)
def test_every_form_wants_its_csrf_token(person, path):
    assert person("grace").client.post(path, data={"email": "x@example.com"}).status_code == 400


@pytest.mark.parametrize("mimetype", ["application/json", "text/plain", "application/xml", "multipart/form-data", ""])
def test_another_content_type_is_refused_plainly(person, mimetype):
    answer = person("grace").client.post(PAYMENT, data=b'{"verify": "send"}', content_type=mimetype)
    assert answer.status_code == 400


# Hidden fields, too


def hidden(page) -> set[str]:
    return {each.attrs["name"] for each in page.page.every("input", type="hidden")} - {"csrf_token"}


@pytest.mark.parametrize("name", ["verify", "use", "channel"])
def test_no_hidden_field_of_the_challenge_breaks_it(person, kit, name):
    mary = person("mary").opens(PAYMENT)
    assert name in hidden(mary)
    for value in NASTY:
        form = {"verify": "send", "use": "x", "channel": "text", "code": "123 45", name: value}
        assert mary.sends(PAYMENT, form).status_code in (303, 400, 422, 429)
    assert {each["to"] for each in kit.telephony.messages()} <= {"+12025550178"}


@pytest.mark.parametrize("name", ["verify", "use", "channel", "number", "code"])
def test_no_hidden_field_of_the_first_time_page_breaks_it(person, name):
    ada = person("ada").opens(PAYMENT)
    for value in NASTY:
        for step in ("number", "send", "answer", "begin-app"):
            form = {"verify": step, "use": "app", "channel": "text", "code": "123 45", name: value}
            assert ada.sends(PAYMENT, form).status_code in (303, 400, 422, 423, 429)
    assert Authenticator.select().where(Authenticator.user == User.get(User.email == "ada@example.com")).count() == 0


FORM = {
    "payee_kind": "company",
    "payee": "X",
    "street": "1",
    "city": "C",
    "country": "FR",
    "currency": "EUR",
    "bank_country": "FR",
    "seen": "1",
}


@pytest.mark.parametrize("name", [*FORM, "region", "postal_code", "iban", "bic", "another_country"])
def test_no_field_of_the_payment_form_breaks_it(verified, name):
    grace = verified()
    for value in NASTY:
        answer = grace.sends(f"{PAYMENT}/edit", {**FORM, "iban": IBAN["IBAN"], name: value})
        assert answer.status_code in (200, 303, 400, 422)
    for path in ("/edit", "/check"):
        assert grace.opens(PAYMENT + path).status == 200
    assert PaymentVersion.select().count() == 1


def test_no_version_that_is_named_breaks_the_payment_pages(verified):
    grace = verified()
    for path in ("/history", "/check", "/rules"):
        for value in NASTY:
            answer = grace.sends(PAYMENT + path, {"version": value, "seen": value, "waiting_hours": value})
            assert answer.status_code in (303, 400, 404, 409, 422)
    assert PaymentVersion.select().count() == 1


def test_no_change_that_is_named_breaks_the_payment_page(verified):
    grace = verified()
    for value in NASTY:
        assert grace.sends(f"{PAYMENT}/hold/{quote(value, safe='')}").status_code in (303, 308, 400, 404, 405)
    assert PaymentVersion.select().count() == 1


@pytest.mark.parametrize(
    "path",
    [
        "/approve/{}",
        "/approve/change/{}",
        "/approve/second/{}",
        "/approve/rules/1/{}/0",
        "/history?old={}&new={}",
        "?use={}",
        "/rules?waiting_hours={}",
        "/edit?seen={}",
    ],
)
def test_no_query_breaks_the_payment_pages(verified, path):
    grace = verified()
    for value in NASTY:
        answer = grace.client.get(PAYMENT + path.replace("{}", quote(value, safe="")))
        assert answer.status_code in (200, 303, 308, 400, 404)


@pytest.mark.parametrize("name", ["csrf_token", "verify", "code", "use"])
def test_a_field_that_comes_twice_breaks_nothing(person, name):
    grace = person("grace").opens(PAYMENT)
    form = {"csrf_token": grace.csrf, "verify": "answer", "code": "123456", "use": "x"}
    form[name] = [form[name], "again"]
    assert grace.client.post(PAYMENT, data=form).status_code in (303, 400, 422)


@pytest.mark.parametrize("path", ["/companies/{}/", PAYMENT.replace("/1/", "/{}/"), "/companies/{}/settings/users"])
def test_no_id_breaks_an_address(person, path):
    grace = person("grace")
    for value in (*NASTY, "2147483648", "9223372036854775808", "9" * 100, "1.5", "0x1"):
        answer = grace.client.get(path.format(quote(value, safe="")))
        assert answer.status_code in (303, 308, 400, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/%ff%fe",
        "/%",
        "/%00",
        "/a%0d%0ab",
        "/" + "a" * 8000,
        "/\u202e",
        "/..%2f..%2fetc/passwd",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
    ],
)
def test_no_path_breaks_the_program(visitor, path):
    answer = visitor().client.get(path)
    assert answer.status_code in (400, 404)
    assert "requires-python" not in answer.text


@pytest.mark.parametrize("agent", ["", "x" * 10_000, "\u202e<script>", "a\tb"])
def test_no_browsers_name_breaks_signing_in(visitor, agent):
    door = visitor()
    door.client.environ_base["HTTP_USER_AGENT"] = agent.encode().decode("latin-1")
    door.opens("/sign-in").fills("E-mail address", "grace@example.com").fills(
        "Password", "correct horse battery staple"
    )
    assert door.presses("Sign in").heading == "Home"


def test_an_unknown_page_says_so_and_leads_home(visitor):
    lost = visitor().opens("/nothing-here")
    assert (lost.status, lost.heading) == (404, "Page not found")
    assert lost.clicks("Home").heading == "Sign in"
