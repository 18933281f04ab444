"""The hall: what stands around every page, and the words that all templates have at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

from flask import Flask, g, request, url_for

from portal.accounts.staff import Desk
from portal.config import Settings
from portal.language import gettext as _
from portal.language import moment
from portal.models.company import Company
from portal.models.user import User
from portal.support import duties
from portal.support.duties import Duty
from portal.text import ending
from portal.verification import numbers
from portal.web.assets import address, asset
from portal.web.current import facts, kit, person
from portal.web.frame import SOME_COMPANY, Named
from portal.web.htmx import swaps_main
from portal.web.times import in_words


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool = False
    depth: int = 0
    icon: str = ""


Group = tuple[str | None, list[Item]]


def register(app: Flask, settings: Settings) -> None:
    app.jinja_env.globals.update(
        asset=asset if settings.demo else cache(address),
        url_for=address_of,
        brand=settings.brand,
        settings=settings,
        exactly=moment,
        in_words=lambda then: in_words(kit().now, then),
        seconds_until=seconds_until,
    )
    app.jinja_env.filters.update(pretty=numbers.pretty, ending=ending)
    app.context_processor(at_hand)


def address_of(endpoint: str, **values: Any) -> str:
    """Flask's own, for templates, which ask for the same few addresses over and over."""
    return kept_address(endpoint, request.script_root, tuple(values.items()))


@lru_cache(maxsize=10_000)
def kept_address(endpoint: str, root: str, values: tuple[tuple[str, Any], ...]) -> str:
    """An address depends on nothing else: `root` is where the program is mounted."""
    return url_for(endpoint, **dict(values))


def seconds_until(then: datetime) -> int:
    return max(0, int((then - kit().now).total_seconds()))


class Later(Sequence[Any]):
    """A list for the templates that is made when it is looked at: what stands around <main> mostly is drawn already."""

    def __init__(self, make: Callable[[], list[Any]]) -> None:
        self._made = cache(make)

    def __getitem__(self, at: Any) -> Any:
        return self._made()[at]

    def __len__(self) -> int:
        return len(self._made())


def at_hand() -> dict[str, Any]:
    """The words for every template; what stands around <main> only where all of the page is drawn."""
    company: Company | None = g.get("company")
    trail = Later(lambda: trail_to(SOME_COMPANY) if company else [])
    words: dict[str, Any] = {"company": company, "trail": trail}
    somebody = None if swaps_main() else person()
    if somebody:
        words |= {"person": Named(), "account_menu": Later(account_menu), "person_links": Later(person_links)}
        words |= {"menu": Later(lambda: menu_of(SOME_COMPANY) if company else desk_menu(somebody))}
    return words


def person_links() -> list[tuple[str, str, str]]:
    return [(_("Account"), url_for("account.home"), "user")]


def account_menu() -> list[tuple[str, str, str]]:
    """Accounts & Lists, at the upper right of the account site."""
    return [
        (_("Account"), url_for("account.home"), "user"),
        (_("Login & security"), url_for("login_and_security.rows"), "lock"),
        (_("Developer Console"), url_for("home.home"), "home"),
    ]


def first_company() -> Company | None:
    """The visitor's company, so that the console's menu can stand beside a page of no company."""
    mine = facts().memberships if person() else []
    return mine[0].company if mine else None


def menu_of(company: Company) -> list[Group]:
    """The navigation of the console, spelled as the help spells it."""
    settings = [
        item(_("My Account"), "my_account.account", company, icon="user"),
        item(_("Company Profile"), "company_profile.profile", company, icon="building"),
        item(_("Users"), "users.list", company, icon="users"),
        Item(_("Payments and Benefits"), "", icon="bank"),
        item(_("Payment Information"), "payment_information.view", company, depth=1),
    ]
    home = [item(_("Home"), "home.company", company, icon="home")]
    return [(None, home), (_("Settings"), settings), (None, [plain_item(_("Support"), "support.contact", "support")])]


def desk_menu(user: User) -> list[Group]:
    """The navigation of somebody at a support desk."""
    if not user.staff:
        return []
    log = [plain_item(_("Audit log"), "desk_log.events", "eye")] if duties.may(user, Duty.READ_LOG) else []
    return [(Desk(user.staff).words, [plain_item(_("Cases"), "desk.queue", "support"), *log])]


def item(label: str, endpoint: str, company: Company, depth: int = 0, icon: str = "") -> Item:
    """A line of the menu, marked as the present one in its whole room."""
    here = room_of(request.blueprint) == endpoint.partition(".")[0]
    return Item(label, url_for(endpoint, company=company.id), here, depth, icon)


def room_of(blueprint: str | None) -> str | None:
    """The line of the menu that a room belongs to."""
    return "payment_information" if blueprint == "payment_changes" else blueprint


def plain_item(label: str, endpoint: str, icon: str) -> Item:
    """The same for a page of no company."""
    return Item(label, url_for(endpoint), request.blueprint == endpoint.partition(".")[0], icon=icon)


def trail_to(company: Company) -> list[tuple[str, str | None]]:
    """The way to the present page, as the menu spells it."""
    for group, items in menu_of(company):
        for at, found in enumerate(items):
            if found.current and group:
                above = next((each.label for each in items[at::-1] if not each.depth and found.depth), None)
                return [(label, None) for label in (group, above) if label] + [(found.label, found.url)]
    return []
