"""Two windows: somebody who is locked out, and customer support, who sees what is written without reloading."""

from __future__ import annotations

import pytest
from house.asking import app_code
from house.phones import wrong_code

from .person import PAYMENT_INFORMATION

pytestmark = pytest.mark.browser


def test_locked_grace_chats_is_identified_unlocked_and_gets_in(person, kit):
    grace = person("grace").follows(PAYMENT_INFORMATION)
    for _ in range(10):
        grace.fills("Six-digit code", wrong_code(app_code(kit))).clicks("Verify")
    grace.is_at("Verification is locked").clicks("Contact customer support").clicks("Chat with customer support")
    grace.fills("Message", "Ten times wrong, it was me.").clicks("Send message").sees("Ten times wrong")

    care = person("care").fills("Six-digit code", app_code(kit, "care")).clicks("Verify").is_at("Cases")
    care.clicks("Open").clicks("Take case").fills("Answer", "I call your company.").clicks("Send answer")
    grace.sees("I call your company.")
    grace.fills("Message", "Thank you.").clicks("Send message")
    care.sees("Thank you.").chooses("Called back").fills("Which number, or which facts", "The company")
    care.clicks("Record it").clicks("Lift the lock").is_told("The lock is lifted.")

    grace.follows(PAYMENT_INFORMATION).is_at("Enter the code")
