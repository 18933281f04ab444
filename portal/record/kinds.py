"""What can be on the record: every kind of event in words, and what an event may say besides.

No event holds a code, a secret, a password, a whole phone number or a bank number: there is no detail for them.
"""

from __future__ import annotations

from portal.language import gettext as _
from portal.language import later

KINDS = {
    "sign_up.completed": later("A person signed up"),
    "sign_in.opened": later("A right password opened a sign-in"),
    "sign_in.refused": later("A wrong password, or an address that nobody has"),
    "sign_in.slowed": later("Too many wrong passwords; further ones have to wait"),
    "sign_in.ended": later("Somebody signed out"),
    "password.refused": later("A password typed again was wrong"),
    "password.slowed": later("Too many wrong passwords typed again; further ones have to wait"),
    "password.changed": later("A password was changed, and the other sign-ins ended"),
    "password.reset_asked": later("A link to a new password was asked for"),
    "invitation.made": later("Somebody was invited into a company"),
    "invitation.withdrawn": later("An invitation was withdrawn"),
    "invitation.accepted": later("An invitation was accepted"),
    "company.created": later("A company was made, with an administrator"),
    "company.changed": later("A Company Profile was changed"),
    "company.second_step_on": later("A company switched two-step verification at sign-in on"),
    "company.second_step_off": later("A company switched two-step verification at sign-in off"),
    "member.added": later("The operator made somebody a member of a company"),
    "member.role_changed": later("Somebody's role in a company was changed"),
    "member.removed": later("Somebody was removed from a company"),
    "user.added": later("The operator made an account"),
    "user.invited": later("The operator made a link to sign up with"),
    "user.started_over": later("All authenticators and sign-ins of a person were taken away, to begin anew"),
    "staff.granted": later("The operator gave somebody a support desk"),
    "staff.revoked": later("The operator took a support desk away"),
    "operator.looked": later("The operator listed people, companies or authenticators"),
    "code.sent": later("A code was handed to the provider of texts and calls"),
    "code.undelivered": later("The provider could not deliver a code"),
    "code.refused": later("A code was asked for too soon or too often, and not sent"),
    "verification.passed": later("A right answer passed a challenge"),
    "verification.failed": later("A wrong answer was counted"),
    "verification.expired": later("A right code came too late; not counted"),
    "verification.repeated": later("A code that was used already came again; not counted"),
    "verification.ended": later("A verification in force was ended by its person"),
    "account.locked": later("Too many failures in a row locked the account"),
    "account.unlocked": later("A lock was lifted"),
    "authenticator.added": later("A phone or an app was proved and added"),
    "authenticator.removed": later("A phone or an app was removed"),
    "authenticator.preferred": later("Another phone or app was made the preferred one"),
    "authenticator.renamed": later("A phone or an app was given another name"),
    "authenticator.refused": later("A phone was proved but could not be added"),
    "recovery.made": later("A new set of recovery codes was made, and the old one ended"),
    "recovery.used": later("A recovery code was used"),
    "replacement.started": later("Customer support began to replace lost authenticators; it takes effect later"),
    "replacement.shortened": later("A second member of customer support put a replacement in force at once"),
    "replacement.cancelled": later("A replacement of authenticators was cancelled"),
    "replacement.done": later("All authenticators and recovery codes of a person were taken away, to be added anew"),
    "name.changed": later("A person changed their name"),
    "account.corrected": later("Customer support corrected a name or an e-mail address"),
    "case.opened": later("Somebody wrote to a support desk, asked to be called back, or rang it"),
    "case.urgent": later("A case was made urgent, as something was not its person"),
    "case.taken": later("A member of staff took a case"),
    "case.released": later("A member of staff put a case back"),
    "case.identified": later("Customer support recorded how a person was identified"),
    "case.closed": later("A case was closed"),
    "case.reopened": later("A closed case was opened again"),
    "case.code_held_back": later("A message with what looked like a code in it was not kept"),
    "log.searched": later("Customer support looked into the audit log"),
    "password.confirmed": later("The password was typed again for a change of authenticators"),
    "report.not_me": later("Somebody said that something was not them: sign-ins ended, changes frozen"),
    "sign_in.others_ended": later("Somebody signed out other browsers"),
    "access.refused": later("Somebody asked for a page that is not theirs to see"),
    "payment.viewed": later("Payment information was shown, masked"),
    "payment.number_shown": later("A whole account number was shown"),
    "payment.changed": later("Payment information was saved"),
    "payment.seconded": later("A second administrator approved a change of payment information"),
    "payment.held": later("A change of payment information was held before it took effect"),
    "payment.rules_changed": later("The rules for changes of payment information were changed"),
    "payouts.held": later("Payouts of a company were put on hold by the link of a notice"),
    "payouts.exported": later("Payout details were exported for the finance team"),
    "approval.refused": later("An approval did not fit its change, or was used before"),
    "payment.conflict": later("A save met another one that came first; nothing was written"),
}

# What the record called a replacement in its first rows, which nobody rewrites.
EARLIER = {f"recovery.{what}": f"replacement.{what}" for what in ("started", "shortened", "cancelled", "done")}

DETAILS = set(
    "by_name channel ending tries until reason version changed page purpose role member case desk how".split()
)


def kinds() -> dict[str, str]:
    """Every kind in words, those of earlier releases too."""
    present = {kind: _(words) for kind, words in KINDS.items()}
    return present | {old: present[new] for old, new in EARLIER.items()}
