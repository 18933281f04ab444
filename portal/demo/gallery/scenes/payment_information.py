"""Payment Information behind its gate: seen, edited, compared, saved, waiting, held, and its history and rules."""

from __future__ import annotations

from portal.demo.gallery.player import Player
from portal.demo.gallery.scenes.book import Book
from portal.demo.gallery.scenes.steps import GATE, changes, rules, saves, verified
from portal.models.company import Company
from portal.models.payment import PaymentVersion

book = Book("Payment Information")

EDIT = "payment_information.edit"
CHECK = "payment_information.check"
RULES = "payment_changes.rules"
HISTORY = "payment_changes.history"
LIMITED = "Analytical Engines Limited"
NEW = {
    "payee_kind": "company",
    "payee": "Difference Works Ltd",
    "street": "1 Dorset Street",
    "city": "London",
    "postal_code": "W1U 4EG",
    "country": "GB",
    "currency": "GBP",
    "bank_country": "GB",
    "sort_code": "20-00-00",
    "account_number": "55779911",
    "seen": "0",
}


def nothing_saved(player: Player) -> Player:
    """Emmy's company has no payment details yet."""
    return player.signs_in("emmy").verifies(company=2)


def mary_changes(player: Player, payee: str = LIMITED) -> None:
    """Another administrator changes it, in another browser."""
    saves(verified(player.elsewhere(), "mary"), payee=payee)


# Seeing it


@book("Payment Information")
def view(player: Player) -> None:
    verified(player)


@book("The whole account number")
def whole_number(player: Player) -> None:
    verified(player).sends("payment_information.show_number")


@book("No payment details yet")
def nothing_yet(player: Player) -> None:
    nothing_saved(player)


@book("An account that is no IBAN")
def no_iban(player: Player) -> None:
    nothing_saved(player).sends(CHECK, NEW, company=2)
    player.sends("payment_information.save", {"seen": "0"}, company=2)
    player.opens(GATE, company=2)


@book("Closed again by “End now”")
def ended(player: Player) -> None:
    verified(player).sends("payment_information.end")


@book("The verification is over")
def over(player: Player) -> None:
    verified(player).waits(minutes=16)
    player.opens(GATE)


# Editing


@book("Edit")
def edit(player: Player) -> None:
    verified(player).opens(EDIT)


@book("Edit, nothing saved yet")
def edit_empty(player: Player) -> None:
    nothing_saved(player).opens(EDIT, company=2)


@book("Edit, another country for the account")
def edit_another_country(player: Player) -> None:
    verified(player).opens(EDIT)
    player.swaps(CHECK, {**player.context["typed"], "bank_country": "US", "another_country": "y"})


@book("Edit, every field wrong", 422)
def edit_wrong(player: Player) -> None:
    verified(player).sends(CHECK, {"bank_country": "US", "country": "US", "tax_id": "1"})


@book("Edit, no country chosen", 422)
def edit_without_country(player: Player) -> None:
    nothing_saved(player).sends(CHECK, {}, company=2)


@book("Edit, a wrong IBAN", 422)
def edit_wrong_iban(player: Player) -> None:
    changes(verified(player), iban="DE89370400440532013001")


@book("The draft is restored after the verification was over")
def draft_restored(player: Player) -> None:
    verified(player).opens(EDIT)
    typed = {**player.context["typed"], "payee": LIMITED, "seen": "1"}
    player.waits(minutes=16).sends(CHECK, typed)
    player.verifies(EDIT)


@book("What was typed is discarded")
def discarded(player: Player) -> None:
    changes(verified(player), payee=LIMITED).sends("payment_information.discard")


# Comparing and saving


@book("Check the changes")
def check(player: Player) -> None:
    changes(verified(player), payee=LIMITED, tax_id="GB999999973", iban="DE02120300000000202051")


@book("Check, nothing saved before")
def check_first(player: Player) -> None:
    nothing_saved(player).sends(CHECK, NEW, company=2)


@book("Check, the rules make it wait for hours and a second administrator")
def check_with_rules(player: Player) -> None:
    rules(waiting_hours=24, four_eyes=True)
    changes(verified(player), payee=LIMITED)


@book("Check, somebody else was quicker", 409)
def check_overtaken(player: Player) -> None:
    changes(verified(player), payee="Analytical Engines")
    mary_changes(player)
    player.sends("payment_information.save", {"seen": "1"})


@book("Check, another change waits already", 409)
def check_while_one_waits(player: Player) -> None:
    rules(waiting_hours=24)
    mary_changes(player)
    saves(verified(player), payee="Analytical Engines")


@book("Saved")
def saved(player: Player) -> None:
    saves(verified(player), payee=LIMITED)


@book("Approved by a code of its own, to be saved now")
def approved(player: Player) -> None:
    rules(every_change=True)
    saves(verified(player), payee=LIMITED).waits(seconds=31)
    app = {"verify": "answer-app", "use": player.app_of("grace"), "code": player.app_code("grace")}
    player.sends(player.response.request.path, app)


# Waiting and held


@book("A change waits for its hour")
def waiting(player: Player) -> None:
    rules(waiting_hours=24)
    saves(verified(player), payee=LIMITED).opens(GATE)


@book("A change waits for a second administrator, seen by who asked for it")
def waiting_for_another(player: Player) -> None:
    rules(four_eyes=True)
    saves(verified(player), payee=LIMITED).opens(GATE)


@book("A change waits for this administrator")
def waiting_for_me(player: Player) -> None:
    rules(four_eyes=True, waiting_hours=24)
    mary_changes(player)
    verified(player)


@book("A first change waits, nothing is in force yet")
def first_waits(player: Player) -> None:
    Company.update(waiting_hours=24).execute()
    nothing_saved(player).sends(CHECK, NEW, company=2)
    player.sends("payment_information.save", {"seen": "0"}, company=2)


@book("The second administrator has approved it")
def seconded(player: Player) -> None:
    waiting_for_me(player)
    player.sends("payment_changes.second", version=player.context["waiting"].row.id)


@book("The second administrator came too late")
def seconded_too_late(player: Player) -> None:
    verified(player).sends("payment_changes.second", version="0")


@book("A waiting change is held")
def held_here(player: Player) -> None:
    waiting(player)
    player.sends("payment_information.hold", version=player.context["waiting"].row.id)


@book("A change cannot be held any more")
def held_too_late(player: Player) -> None:
    verified(player).sends("payment_information.hold", version="0")


@book("Payouts are on hold")
def on_hold(player: Player) -> None:
    held_by_link(player)
    player.opens(GATE)


@book("Hold the change, from the link of a mail")
def hold_link(player: Player) -> None:
    saves(verified(player), payee=LIMITED)
    player.opens(player.link("hold"))


@book("Held, from the link of a mail")
def held_by_link(player: Player) -> None:
    hold_link(player)
    player.sends(player.link("hold"))


@book("The link that holds was used already", 410)
def hold_link_used(player: Player) -> None:
    held_by_link(player)
    player.opens(player.link("hold"))


@book("Too late to hold", 409)
def hold_link_too_late(player: Player) -> None:
    saves(verified(player), payee=LIMITED)
    link = player.link("hold")
    PaymentVersion.update(held_at=player.kit.now, held_by="Mary Somerville").execute()
    player.sends(link)


# History and rules


@book("History")
def history(player: Player) -> None:
    rules(waiting_hours=1)
    saves(verified(player), payee=LIMITED).opens(GATE)
    player.sends("payment_information.hold", version=player.context["waiting"].row.id)
    rules(waiting_hours=24, four_eyes=True)
    mary_changes(player, "Analytical Engines plc")
    player.opens(HISTORY)


@book("History, two versions side by side")
def history_compared(player: Player) -> None:
    saves(verified(player), payee=LIMITED).opens(HISTORY, old=1, new=2)


@book("History of one version")
def history_of_one(player: Player) -> None:
    verified(player).opens(HISTORY)


@book("No history yet")
def history_empty(player: Player) -> None:
    nothing_saved(player).opens(HISTORY, company=2)


@book("An old version is brought back, to be compared first")
def brought_back(player: Player) -> None:
    saves(verified(player), payee=LIMITED).sends(HISTORY, {"version": "1"})


@book("Approval rules")
def approval_rules(player: Player) -> None:
    verified(player).opens(RULES)


@book("Approval rules, all of them strict")
def approval_rules_strict(player: Player) -> None:
    rules(every_change=True, four_eyes=True, waiting_hours=48)
    verified(player).opens(RULES)


@book("Approval rules, where the installation asks for a code at every change")
def approval_rules_of_the_installation(player: Player) -> None:
    verified(player.under(payment_approval="every-change")).opens(RULES)


@book("Approval rules, the same, and the company asks for it too")
def approval_rules_of_both(player: Player) -> None:
    rules(every_change=True)
    approval_rules_of_the_installation(player)


@book("Approval rules with hours that are none", 422)
def approval_rules_wrong(player: Player) -> None:
    verified(player).sends(RULES, {"waiting_hours": "soon"})


@book("Approval rules are approved, to be saved now")
def approval_rules_approved(player: Player) -> None:
    verified(player, "mary").sends(RULES, {"waiting_hours": "24"})
    use, here = player.context["chosen"].authenticator.id, player.response.request.path
    player.sends(here, {"verify": "send", "use": use, "channel": "text"})
    player.sends(here, {"verify": "answer", "use": use, "code": player.code()})


@book("Approval rules are saved")
def approval_rules_saved(player: Player) -> None:
    approval_rules_approved(player)
    player.sends(RULES, {"waiting_hours": "24"})
