"""Five hundred random orders of everything that administrators and thieves can do around a change: whatever
happens, no account is committed without an approval of exactly it that was not used before."""

import random

import pytest
from house.asking import Asked, company_of
from test_approvals import approves, details_of, newest, saves

from portal.models.challenge import Purpose
from portal.models.company import Company, Membership, Role
from portal.models.quota import Quota
from portal.models.user import User
from portal.payments import approvals, information
from portal.refusals import NotBefore
from portal.verification import challenges, gate, lockout

pytestmark = pytest.mark.slow

ORDERS, ACTS = 500, 14
REFUSALS = (
    gate.Obstacle,
    challenges.Locked,
    NotBefore,
    approvals.Needed,
    approvals.Mismatch,
    information.Conflict,
    information.Waiting,
)


class Town:
    """Two administrators with a browser each and a thief in a third, and what each has been granted."""

    def __init__(self, kit, clock, chance: random.Random) -> None:
        self.kit, self.clock, self.chance = kit, clock, chance
        ask = (company_of("Analytical Engines").name, Purpose.PAYMENT_INFORMATION)
        names = {"grace": "grace", "mary": "mary", "thief": "mary"}
        self.people = {who: Asked.open(kit, name, *ask) for who, name in names.items()}
        self.opening = dict.fromkeys(self.people, 0)  # openings whose one change was not made yet
        self.granted: dict[tuple[str, str, int], int] = {}  # own approvals that were not used yet
        self.committed = 0

    def change(self):
        return f"Payee {self.chance.randrange(2)}"

    def opens(self, who):
        self.people[who].passes()
        self.opening[who] = 1

    def approves(self, who):
        payee, seen = self.change(), newest(self.people[who])
        approves(self.people[who], details_of(self.kit, payee), seen)
        self.granted[who, payee, seen] = 1

    def saves(self, who):
        person, payee = self.people[who], self.change()
        seen = max(0, newest(person) - (self.chance.random() < 0.1))
        strict = company_of("Analytical Engines").every_change
        saves(person, details_of(self.kit, payee), seen)
        self.committed += 1
        if self.granted.pop((who, payee, seen), 0):
            return
        assert self.opening[who] and not strict, f"{who} committed {payee!r} without an approval"  # noqa: PT018
        self.opening[who] = 0

    def toggles_the_policy(self, who):
        Company.update(every_change=self.chance.random() < 0.5).execute()

    def loses_the_role(self, who):
        Membership.update(role=Role.ANALYST.value).where(Membership.user == self.people[who].user).execute()

    def gets_the_role_back(self, who):
        Membership.update(role=Role.ADMINISTRATOR.value).execute()

    def is_locked(self, who):
        lockout.lock(self.kit, self.people[who].user, self.kit.now.replace(year=2099))

    def is_unlocked(self, who):
        User.update(locked_until=None).execute()

    def waits(self, who):
        self.clock.forward(minutes=self.chance.choice([1, 6, 16]))

    def acts(self):
        every = [self.opens, self.approves, self.saves, self.saves, self.saves, self.waits, self.toggles_the_policy]
        rare = [self.loses_the_role, self.gets_the_role_back, self.is_locked, self.is_unlocked]
        act, who = self.chance.choice(every * 2 + rare), self.chance.choice(list(self.people))
        try:
            act(who)
        except REFUSALS:
            return


def test_no_order_of_acts_commits_an_account_without_its_own_unused_approval(kit, clock):
    committed = 0
    for order in range(ORDERS):
        town = Town(kit, clock, random.Random(order))
        for _ in range(ACTS):
            Quota.delete().execute()
            town.acts()
        committed += town.committed
        Membership.update(role=Role.ADMINISTRATOR.value).execute()
        User.update(locked_until=None, failures=0).execute()
        Company.update(every_change=False).execute()
    assert committed > ORDERS / 5, "the orders were too tame to prove anything"
