"""Companies: creating one, what it says of itself, and two-step verification at sign-in."""

import pytest
from house.asking import app_code, company_of, user_of

from portal.accounts import sign_ins
from portal.companies import profile
from portal.companies.powers import POWERS, Power
from portal.companies.profile import Profile
from portal.models.company import Company, Membership, Role
from portal.refusals import NotAllowed, NotBefore

PROFILE = "/companies/1/settings/company-profile"
ODD_NAMES = ["🚀 Rockets 👩‍👩‍👧", "שלום בע״מ", "شركة", "<script>alert(1)</script>", 'O\'Neill & "Sons"', "{{ 7*7 }}"]


@pytest.fixture
def grace(person):
    return person("grace")


@pytest.fixture
def editing(grace):
    return grace.clicks("Company Profile").clicks("Edit company profile")


# Who may


def test_every_role_has_its_line_in_the_table():
    assert set(POWERS) == set(Role)


def test_only_administrators_have_the_powers_that_change_something():
    changing = {Power.EDIT_COMPANY_PROFILE, Power.MANAGE_USERS, Power.PAYMENT_INFORMATION}
    assert [role for role, powers in POWERS.items() if powers & changing] == [Role.ADMINISTRATOR]


def test_a_member_sees_the_company_profile_and_no_edit(person):
    alan = person("alan").clicks("Company Profile").sees("Analytical Engines", "+1 202-555-0199")
    alan.does_not_see("Turn on")
    assert alan.opens(f"{PROFILE}/edit").heading == "No access"


def test_a_member_cannot_save_by_hand(person, events):
    alan = person("alan").opens(PROFILE)
    assert alan.sends(f"{PROFILE}/edit", {"name": "Mine"}).status_code == 403
    assert alan.sends(f"{PROFILE}/second-step-at-sign-in/on").status_code == 403
    assert company_of("Analytical Engines").second_step_at_sign_in is False
    assert len(events("access.refused")) == 2


def test_for_a_stranger_there_is_nothing(person):
    assert person("emmy").opens(PROFILE).status == 404


def test_the_domain_refuses_whom_the_guard_let_through(kit):
    by = sign_ins.open_sign_in(kit, user_of("alan"), "127.0.0.1", "a test")
    with pytest.raises(NotAllowed):
        profile.save_profile(kit, by, company_of("Analytical Engines"), Profile("Mine"))
    with pytest.raises(NotAllowed):
        profile.ask_at_sign_in(kit, by, company_of("Analytical Engines"), True)


def test_a_role_taken_meanwhile_is_a_page_with_a_sentence(grace, monkeypatch, kit):
    def too_late(*_):
        raise NotAllowed

    monkeypatch.setattr(profile, "save_profile", too_late)
    assert grace.opens(f"{PROFILE}/edit").presses("Save Company Profile").heading == "No access"


# What it says of itself


def test_an_administrator_saves_the_profile(editing, events):
    editing.fills("Address", "1 Main Street\r\n  London ").fills("Website", "https://www.example.com")
    editing.fills("Support address", "help@example.com").fills("Phone number", "020 7946 0199")
    saved = editing.fills("Phone number", "+44 20 7946 0199").presses("Save Company Profile")
    assert saved.status_line == "Company Profile saved."
    company = company_of("Analytical Engines")
    assert (company.address, company.phone) == ("1 Main Street\nLondon", "+442079460199")
    assert [event.details["changed"] for event in events("company.changed")] == ["address website support phone"]


def test_its_number_is_said_to_be_none_for_verification(grace):
    grace.opens(PROFILE).sees("It is not used for two-step verification")


def test_saving_what_is_there_changes_nothing(editing, events):
    assert "nothing was changed" in editing.presses("Save Company Profile").status_line
    assert events("company.changed") == []


def test_a_toll_free_number_will_do_for_a_company(editing):
    editing.fills("Phone number", "+1 800 234 5678").presses("Save Company Profile").sees("+1 800-234-5678")


@pytest.mark.parametrize(
    "website", ["javascript:alert(1)", "https://", "data:text/html,x", "https://a b.com", "//evil.com"]
)
def test_a_website_is_a_web_address(editing, website):
    editing.fills("Website", website).presses("Save Company Profile")
    assert (editing.status, editing.error_beside("Website")[:15]) == (422, "A website begin")


def test_the_domain_knows_no_other_website_either():
    with pytest.raises(ValueError, match="website"):
        Profile("A", website="javascript:alert(1)")


@pytest.mark.parametrize("support", ["call us", "ftp://example.com", "a@b@c"])
def test_a_support_address_is_a_mailbox_or_a_page(editing, support):
    editing.fills("Support address", support).presses("Save Company Profile")
    assert "e-mail address" in editing.error_beside("Support address")


@pytest.mark.parametrize("phone", ["123", "hello", "+1 202 555 0199 x22"])
def test_a_phone_number_is_one(editing, phone):
    editing.fills("Phone number", phone).presses("Save Company Profile")
    assert editing.error_beside("Phone number")


@pytest.mark.parametrize("field", ["Company name", "Address", "Website", "Phone number"])
def test_a_megabyte_is_too_long_and_saves_nothing(editing, field):
    editing.fills(field, "x" * 1_000_000).presses("Save Company Profile")
    assert (editing.status, bool(editing.error_beside(field))) == (422, True)
    assert company_of("Analytical Engines").address == ""


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_names_are_names(editing, name):
    editing.fills("Company name", name).presses("Save Company Profile").sees(name)
    assert "<script>alert" not in editing.html


@pytest.mark.parametrize("name", ["", "   ", "\u00a0", "abc\u202edcba", "abc\u0007"])
def test_a_name_shows_all_of_itself(editing, name):
    assert editing.fills("Company name", name).presses("Save Company Profile").error_beside("Company name")


# Two-step verification at sign-in too


def test_switched_on_the_next_click_asks_every_member(grace, person, kit, events):
    alan = person("alan")
    grace.opens(PROFILE).presses("Turn on two-step verification at sign-in")
    assert grace.path == "/sign-in/second-step"
    grace.fills("Six-digit code", app_code(kit)).presses("Verify")
    assert alan.opens(PROFILE).path == "/sign-in/second-step"
    assert [event.user for event in events("company.second_step_on")] == [user_of("grace").id]


def test_switched_off_again_nobody_is_asked(grace, person, kit, events):
    Company.update(second_step_at_sign_in=True).execute()
    grace.opens(PROFILE).fills("Six-digit code", app_code(kit)).presses("Verify")
    grace.opens(PROFILE).presses("Turn off two-step verification at sign-in")
    assert grace.status_line == "Two-step verification at sign-in is off."
    assert person("alan").opens(PROFILE).heading == "Company Profile"
    assert len(events("company.second_step_off")) == 1


def test_switching_to_what_it_is_leaves_no_trace(kit, events):
    by = sign_ins.open_sign_in(kit, user_of("grace"), "127.0.0.1", "a test")
    profile.ask_at_sign_in(kit, by, company_of("Analytical Engines"), False)
    assert events("company.second_step_off") == []


# Creating one


def test_who_creates_a_company_administers_it(grace):
    grace.clicks("Create a company").fills("Company name", "Compilers").presses("Create company")
    assert (grace.heading, grace.status_line) == ("Company Profile", "Compilers is created. You are its administrator.")
    mine = Membership.get(Membership.company == company_of("Compilers").id)
    assert (mine.user_id, mine.is_administrator) == (user_of("grace").id, True)


def test_who_has_no_company_finds_the_way_to_create_one(person):
    care = user_of("alan")
    Membership.delete().where(Membership.user == care.id).execute()
    alan = person("alan")
    assert alan.heading == "No company yet"
    assert alan.clicks("Create a company").heading == "Create a company"


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_new_company_may_have_an_odd_name(grace, name):
    assert grace.opens("/companies/new").fills("Company name", name).presses("Create company").status == 200
    assert company_of(name)


def test_companies_have_a_number_a_day(kit_with, visitor, program):
    few = kit_with(companies_a_day=1)
    by = sign_ins.open_sign_in(few, user_of("grace"), "127.0.0.1", "a test")
    profile.create(few, by, "One")
    with pytest.raises(NotBefore):
        profile.create(few, by, "Two")
    assert Company.get_or_none(Company.name == "Two") is None
