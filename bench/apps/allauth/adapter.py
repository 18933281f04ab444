"""Reauthentication by the second factor alone; as it comes, allauth would take the password too."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class SecondFactorOnly(DefaultAccountAdapter):
    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        return [each for each in super().get_reauthentication_methods(user) if each["id"] == "mfa_reauthenticate"]
