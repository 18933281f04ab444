"""A developer console that guards Payment Information with two-step verification: the map of the house.

| floor | what lives there |
|---|---|
| 7 | `cli`, `commands/`: what the operator does |
| 6 | `app`, `gallery/`: the program put together; every state of every page |
| 5 | `web/`: the only floor that knows Flask; rooms share the hall and never import one another |
| 4 | `payments/`, `support/`, `members`, `demo`: payout details, the two desks, who belongs to a company |
| 3 | `verification/`: the heart; challenges, codes, the lock, the gate |
| 2 | `accounts/`, `audit`, `kit`, `letters`, `notices`, `outgoing`, `schema`: people, the record, the domain's means |
| 1 | `models/`, `telephony/`, `mail/`: things that remember, things that reach out |
| 0 | `config`, `clock`, `database`, `jsonl`, `language`, `seal`, `sheets`: settings, time, connection, words, keys |

An import goes down, or along inside its own package. `tests/test_house.py` holds the house to it.
"""
