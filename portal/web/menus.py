"""The hall: what stands around every page, and the words that all templates have at hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, g, request, url_for

from portal.models.company import Company, Membership
from portal.models.user import User
from portal.web.pages import asset
from portal.web.plugs import kit, person
from portal.web.words import exactly, in_words


@dataclass(frozen=True)
class Item:
    label: str
    url: str
    current: bool = False
    depth: int = 0
    icon: str = ""


def register(app: Flask) -> None:
    app.jinja_env.globals.update(
        asset=asset,
        companies_of=companies_of,
        menu_of=menu_of,
        in_words=lambda then: in_words(kit().now, then),
        exactly=exactly,
        person=person,
    )
    app.context_processor(at_hand)


def at_hand() -> dict[str, Any]:
    return {"brand": kit().settings.brand, "settings": kit().settings, "company": g.get("company")}


def companies_of(user: User) -> list[Company]:
    mine = Company.select().join(Membership).where(Membership.user == user.id)
    return list(mine.order_by(Membership.id))


def menu_of(company: Company) -> list[tuple[str | None, list[Item]]]:
    """The navigation of the console, spelled as the help spells it."""
    return [
        (None, [item("Home", "home.company", company, icon="home")]),
        (
            "Settings",
            [
                Item("Payments and Benefits", "", icon="bank"),
                item("Payment Information", "payment_information.view", company, depth=1),
            ],
        ),
    ]


def item(label: str, endpoint: str, company: Company, depth: int = 0, icon: str = "") -> Item:
    """A line of the menu; the present one where its whole room is."""
    room, _, noun = endpoint.partition(".")
    here = request.endpoint == endpoint if noun == "company" else request.blueprint == room
    return Item(label, url_for(endpoint, company=company.id), here, depth, icon)
