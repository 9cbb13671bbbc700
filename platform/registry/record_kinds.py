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
    "card_replacement.asked": _l("An officer asked for a new household card"),
    "card_replacement.agreed": _l("The second officer agreed to a new card"),
    "card_replacement.done": _l("The new card was given as two officers agreed"),
    "card_replacement.declined": _l("The second officer declined a new card"),
    "card_replacement.withdrawn": _l("The wish for a new card was taken back"),
    "erasure.asked": _l("An official asked that the household's particulars be erased"),
    "erasure.agreed": _l("A second official agreed that the particulars be erased"),
    "erasure.declined": _l("A second official declined to erase the particulars"),
    "erasure.withdrawn": _l("The wish to erase the particulars was taken back"),
    "household.erased": _l("What was written about the household was erased"),
    "subject.erased": _l("The key of the sealed particulars was destroyed"),
}
