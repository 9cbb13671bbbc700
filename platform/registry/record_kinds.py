"""What update records of villages and households may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "village.created": _l("The village was put on file"),
    "village.changed": _l("The village's file was changed"),
    "household.created": _l("The household was put on file"),
    "household.changed": _l("The household's file was changed"),
    "household.revealed": _l("An officer looked at the personal fields"),
    "household_card.given": _l("The household card was given"),
    "household_card.replaced": _l("The household card was replaced by two officers"),
    "household_card.voided": _l("A household card was declared void"),
}
