"""A developer console that guards Payment Information with two-step verification: the map of the house.

| floor | what lives there |
|---|---|
| 13 | `cli`: the `portal` command |
| 12 | `commands/`: what the operator does |
| 11 | `demo/`: its people, clock, phones, mail and gallery; production loads none of it |
| 10 | `app`: the program put together |
| 9 | `web/`: the only floor that knows Flask; rooms share the hall and never import one another |
| 8 | `companies/`, `payments/`, `support/`: who belongs to a company, where its income goes, the two desks |
| 7 | `verification/`: the heart; challenges, codes, the lock, the gate |
| 6 | `accounts/`: people, their passwords, their sign-ins |
| 5 | `telling/`: letters and notices, the links in them, handing them over |
| 4 | `record/`: what happened, in one chain |
| 3 | `kit`, `schema`: what the domain works with; the tables brought up to date |
| 2 | `models/`, `telephony/`, `mail/`: things that remember, things that reach out |
| 1 | `database`, `language`: the one connection, the words of each language |
| 0 | `clock`, `config`, `refusals`, `seal`, `text`: what everybody stands on |

An import goes down, or along inside its own package. `tests/test_house.py` holds the house to it.
"""
