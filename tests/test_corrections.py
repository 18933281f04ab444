"""An account is corrected at the desk, and everybody concerned is told."""

import pytest
from house.asking import user_of
from house.desk import identifies, takes
from house.mail import letters

from portal.refusals import Refusal
from portal.support import acts


def test_the_address_stays_while_phones_are_replaced_and_the_other_way_round(kit, known, clock):
    acts.correct(kit, *known, "Grace Murray", "grace.murray@example.com")
    with pytest.raises(Refusal, match="corrected a short while ago"):
        acts.replace(kit, *known)
    clock.forward(hours=25)
    acts.replace(kit, *known)
    with pytest.raises(Refusal, match="the address stays"):
        acts.correct(kit, *known, "Grace Murray", "grace@example.com")


def test_an_account_is_corrected_and_everybody_concerned_is_told(kit, grace_asks, care, events):
    grace_asks()
    page = identifies(takes(care())).clicks("Correct").fills("Name", "Grace Hopper")
    page.fills("E-mail address", "Hopper@example.com").presses("Save account").sees("The account is corrected.")
    told = {letter["to"] for letter in letters(kit) if letter["subject"].startswith("An account was corrected")}
    assert told == {"grace@example.com", "hopper@example.com", "ada@example.com", "mary@example.com"}
    assert user_of("hopper").name == "Grace Hopper"
    event = events("account.corrected")[0]
    assert (event.user, event.details["changed"]) == (user_of("hopper").id, "name email")


def test_an_address_that_somebody_has_is_not_given_again(kit, grace_asks, care):
    grace_asks()
    page = identifies(takes(care())).clicks("Correct").fills("E-mail address", "ada@example.com")
    page.presses("Save account")
    assert (page.status, page.value("E-mail address")) == (409, "ada@example.com")
    assert user_of("grace")
