"""All tables, each after those that it refers to."""

from __future__ import annotations

from portal.models.authenticator import Authenticator
from portal.models.base import Record
from portal.models.case import Case, Line
from portal.models.challenge import Challenge, Code
from portal.models.company import Company, Membership
from portal.models.event import Event
from portal.models.link import Link
from portal.models.payment import PaymentDraft, PaymentVersion
from portal.models.quota import Quota
from portal.models.recovery_code import RecoveryCode
from portal.models.replacement import Replacement
from portal.models.sign_in import SignIn
from portal.models.user import User

TABLES: tuple[type[Record], ...] = (
    User,
    SignIn,
    Company,
    Membership,
    Authenticator,
    RecoveryCode,
    Challenge,
    Code,
    Quota,
    Link,
    PaymentVersion,
    PaymentDraft,
    Case,
    Line,
    Replacement,
    Event,
)
