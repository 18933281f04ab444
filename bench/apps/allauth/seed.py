"""People with an app each, whose sign-in is too old for the protected page."""

from __future__ import annotations

from allauth.mfa.models import Authenticator

from apps.common import Person
from apps.django_base.models import Failures
from apps.django_base.people import make, sign_in

LONG_AGO = {"method": "password", "at": 1_700_000_000.0, "username": "dev"}


def seed(people: list[Person]) -> list[dict[str, str]]:
    make(people)
    Authenticator.objects.bulk_create([app_of(each) for each in people], batch_size=500)
    Failures.objects.bulk_create([Failures(user_id=each.number) for each in people], batch_size=500)
    return sign_in(account_authentication_methods=[LONG_AGO])


def app_of(person: Person) -> Authenticator:
    return Authenticator(user_id=person.number, type="totp", data={"secret": person.secret_as_typed})
