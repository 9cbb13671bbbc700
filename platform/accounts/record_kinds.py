"""What update records of accounts may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "account.created": _l("The account was opened"),
    "account.changed": _l("The account was changed"),
    "account.disabled": _l("The account was switched off"),
    "account.enabled": _l("The account was switched on again"),
    "account.password_changed": _l("The password was changed"),
    "account.second_factor_set": _l("A second factor was set up"),
    "account.second_factor_removed": _l("The second factor was removed"),
    "reset.asked": _l("One person asked that the account's owner gets in again"),
    "reset.agreed": _l("A second person agreed that the account's owner gets in again"),
    "reset.withdrawn": _l("It was withdrawn that the account's owner gets in again"),
    "grant.given": _l("A role was given"),
    "grant.proposed": _l("A role was proposed and waits for the second person"),
    "grant.approved": _l("The second person agreed to the role"),
    "grant.revoked": _l("A role was taken back"),
}
