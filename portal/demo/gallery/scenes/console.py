"""The console around a company: Home, My Account, Company Profile, new companies, invitations."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import invites, verified, without_company
from portal.models.company import Company

book = Book("Developer Console")

PROFILE = {
    "name": "Analytical Engines",
    "address": "12 St James’s Square\nLondon SW1Y 4JH",
    "website": "https://engines.example.com",
    "support": "help@engines.example.com",
    "phone": "+12025550199",
}


def saves_profile(player: Player, **typed: str) -> Player:
    return player.signs_in("grace").sends("company_profile.save", {**PROFILE, **typed})


# Home


@book("Home of an administrator")
def home(player: Player) -> None:
    player.signs_in("grace").opens("home.company")


@book("Home of a developer")
def home_of_a_developer(player: Player) -> None:
    player.signs_in("alan").opens("home.company")


@book("Home of somebody with several companies")
def home_of_several(player: Player) -> None:
    player.signs_in("mary").opens("home.company", company=2)


@book("Home, as it looks outside the demo")
def home_outside_the_demo(player: Player) -> None:
    player.under(mode="production").signs_in("grace").opens("home.company")


@book("No company yet")
def no_company(player: Player) -> None:
    without_company("alan")
    player.signs_in("alan").opens("home.home")


# My Account


@book("My Account")
def my_account(player: Player) -> None:
    player.signs_in("grace").opens("my_account.account")


@book("My Account without a number, one way elsewhere")
def my_account_elsewhere(player: Player) -> None:
    player.signs_in("mary").opens("my_account.account")


@book("My Account without a number, several ways elsewhere")
def my_account_several_elsewhere(player: Player) -> None:
    my_account_removed(player)
    player.opens("my_account.account")


@book("My Account without any number")
def my_account_empty(player: Player) -> None:
    player.signs_in("ada").opens("my_account.account")


@book("My Account is edited")
def my_account_edited(player: Player) -> None:
    player.signs_in("grace").opens("my_account.edit")


@book("My Account is edited, without a number")
def my_account_edited_empty(player: Player) -> None:
    player.signs_in("ada").opens("my_account.edit")


@book("The number of My Account is to be removed")
def my_account_remove(player: Player) -> None:
    player.signs_in("grace").is_permitted("my_account.remove_number")


@book("The only authenticator is to be removed")
def my_account_remove_last(player: Player) -> None:
    player.signs_in("emmy").is_permitted("my_account.remove_number", company=2)


@book("The number of My Account is removed")
def my_account_removed(player: Player) -> None:
    my_account_remove(player)
    player.sends("my_account.number_removed")


# Company Profile


@book("Company Profile")
def profile(player: Player) -> None:
    saves_profile(player).opens("company_profile.profile")


@book("Company Profile is saved")
def profile_saved(player: Player) -> None:
    saves_profile(player)


@book("Company Profile with little in it")
def profile_empty(player: Player) -> None:
    Company.update(phone="").execute()
    player.signs_in("grace").opens("company_profile.profile")


@book("Company Profile of a developer")
def profile_of_a_developer(player: Player) -> None:
    player.signs_in("alan").opens("company_profile.profile")


@book("Company Profile, with help on a web page")
def profile_with_a_page(player: Player) -> None:
    saves_profile(player, support="https://help.example.com")


@book("Company Profile, verification at sign-in switched on")
def second_step_switched_on(player: Player) -> None:
    player.signs_in("grace").sends("company_profile.ask_at_sign_in")
    player.verifies("sign_in.second_step").opens("company_profile.profile")


@book("Company Profile is edited")
def profile_edited(player: Player) -> None:
    player.signs_in("grace").opens("company_profile.edit")


@book("Company Profile, every field wrong", 422)
def profile_wrong(player: Player) -> None:
    wrong = {"address": "x" * 301, "website": "engines", "support": "nobody", "phone": "12"}
    saves_profile(player, name="", **wrong)


@book("No power to edit the Company Profile", 403)
def profile_forbidden(player: Player) -> None:
    player.signs_in("alan").opens("company_profile.edit")


# New companies


@book("Create a company")
def new_company(player: Player) -> None:
    player.signs_in("grace").opens("companies.new")


@book("Create a company without a name", 422)
def nameless_company(player: Player) -> None:
    player.signs_in("grace").sends("companies.create")


@book("Enough companies for a day", 429)
def too_many_companies(player: Player) -> None:
    player.under(companies_a_day=1).signs_in("grace").sends("companies.create", {"name": "Table Makers"})
    player.sends("companies.create", {"name": "Clock Makers"})


@book("A company is created")
def company_created(player: Player) -> None:
    player.signs_in("grace").sends("companies.create", {"name": "Table Makers"})


# Invitations


def invited(player: Player, name: str, wanted: str) -> Player:
    """Somebody who has an account, and an invitation into the first company."""
    invites(verified(player), f"{name}@example.com", wanted)
    return player.elsewhere().signs_in(name)


@book("Invited as a developer")
def invitation(player: Player) -> Player:
    return invited(player, "emmy", "developer").opens(player.link("join"))


@book("Invited as an administrator")
def invitation_of_an_administrator(player: Player) -> Player:
    return invited(player, "emmy", "administrator").opens(player.link("join"))


@book("The invitation is accepted")
def invitation_accepted(player: Player) -> Player:
    emmy = invited(player, "emmy", "developer")
    return emmy.sends(player.link("join").replace("join", "invitations", 1))


@book("The invitation is for somebody else", 403)
def invitation_of_somebody_else(player: Player) -> Player:
    invited(player, "emmy", "developer")
    return player.opens(player.link("join"))


@book("The invitation was used already", 410)
def invitation_used(player: Player) -> Player:
    emmy = invitation_accepted(player)
    return emmy.opens(player.link("join").replace("join", "invitations", 1))
