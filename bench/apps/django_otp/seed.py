"""People with two devices each: an app and a phone."""

from __future__ import annotations

from django_otp.plugins.otp_totp.models import TOTPDevice
from two_factor.plugins.phonenumber.models import PhoneDevice

from apps.common import Person
from apps.django_base.people import make, sign_in


def seed(people: list[Person]) -> list[dict[str, str]]:
    make(people)
    TOTPDevice.objects.bulk_create([app_of(each) for each in people], batch_size=500)
    PhoneDevice.objects.bulk_create([phone_of(each) for each in people], batch_size=500)
    return sign_in()


def app_of(person: Person) -> TOTPDevice:
    return TOTPDevice(user_id=person.number, name="default", key=person.secret.hex(), confirmed=True)


def phone_of(person: Person) -> PhoneDevice:
    key = person.secret[::-1].hex()
    return PhoneDevice(user_id=person.number, name="backup", number=person.phone, key=key, method="sms", confirmed=True)
