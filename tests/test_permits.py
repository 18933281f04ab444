"""A change of authenticators asks for a permit, and spends it; and what is made by one: recovery codes, a number."""

import pytest
from house.asking import PAYMENT, app_code, user_of

from portal.demo import seed
from portal.models.authenticator import Authenticator
from portal.models.sign_in import SignIn
from portal.verification import authenticators, gate

SETTINGS = "/account/login-and-security/2-step-verification"
NUMBER = "/companies/1/settings/my-account/phone-number"
NEW = "+12025550102"


@pytest.fixture
def permitted(verified, kit):
    """Grace at an address that changes authenticators, password and app behind her."""

    def before(path: str):
        grace = verified().opens(path).fills("Password", seed.PASSWORD).presses("Continue")
        return grace.fills("Six-digit code", app_code(kit, steps=1)).presses("Verify")

    return before


@pytest.fixture
def codes(permitted):
    page = permitted(f"{SETTINGS}/recovery-codes").presses("Make recovery codes").page
    return [each.text for each in page.first("ol", class_="recovery-codes numeric").every("li")]


def test_a_recovery_code_opens_once(codes, person):
    first, again = person("grace"), person("grace")
    first.opens(f"{PAYMENT}?use=recovery").fills("Recovery code", codes[0]).presses("Verify")
    assert first.heading == "Payment Information"
    again.opens(f"{PAYMENT}?use=recovery").fills("Recovery code", codes[0]).presses("Verify")
    assert (again.status, again.heading, user_of("grace").failures) == (422, "Enter a recovery code", 1)


def test_one_change_of_authenticators_spends_its_permit(permitted, kit):
    phone, *others = reversed(Authenticator.of(user_of("grace").id))
    grace = permitted(f"{SETTINGS}/{phone.id}").presses("Remove the number")
    assert grace.sends(f"{SETTINGS}/{others[0].id}/remove").status_code == 303
    by = SignIn.get(SignIn.user == user_of("grace").id)
    with pytest.raises(gate.PasswordNeeded):
        authenticators.remove(kit, by, others[0].id)
    assert Authenticator.of(user_of("grace").id) == others[::-1]


def test_the_number_of_my_account_is_never_called(permitted, kit):
    grace = permitted(NUMBER)
    grace.sends(NUMBER, {"verify": "number", "number": NEW, "channel": "call"})
    assert [each["channel"] for each in kit.telephony.messages()] == ["text"]
