"""A developer console that guards Payment Information with two-step verification: the map of the house.

| floor | what lives there |
|---|---|
| 6 | `app`, `cli`, `demo`: how it is started |
| 5 | `web/`: the only floor that knows Flask; rooms share the hall and never import one another |
| 4 | `payments/`, `support/`: what is kept of a company's payout details; the two desks and what they may do |
| 3 | `verification/`: the heart; challenges, codes, the lock, the gate |
| 2 | `accounts/`, `audit`, `kit`, `schema`: people and sign-ins, the record, what the domain works with |
| 1 | `models/`, `telephony/`, `mail/`: things that remember, things that reach out |
| 0 | `config`, `clock`, `database`, `jsonl`, `seal`, `sheets`: settings, time, connection, encryption at rest |

An import goes down, or along inside its own package. `tests/test_house.py` holds the house to it.
"""
