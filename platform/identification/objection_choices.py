"""Closed sets of objections, with their words (domain.md 3.8)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class ObjectionKind(StrEnum):
    WRONG_INCLUSION = "wrong_inclusion"
    OMISSION = "omission"
    DATA_ERROR = "data_error"
    PROCEDURE = "procedure"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    PRIVACY = "privacy"


class ObjectionStage(StrEnum):
    FILED = "filed"
    ACCEPTED = "accepted"
    NOT_ADMISSIBLE = "not_admissible"
    INVESTIGATING = "investigating"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    DISMISSED = "dismissed"
    REPLIED = "replied"
    REVIEW_REQUESTED = "review_requested"
    REPLIED_FINAL = "replied_final"


class Channel(StrEnum):
    """How it reached us."""

    WEB = "web"
    PAPER = "paper"
    PHONE = "phone"


class Blocks(StrEnum):
    """What an open objection holds up: one household, the whole list, or nothing."""

    NOTHING = "nothing"
    HOUSEHOLD = "household"
    LIST = "list"


class Inadmissible(StrEnum):
    OTHER_MATTER = "other_matter"
    NO_FACTS = "no_facts"
    ANSWERED = "answered"


class Finding(StrEnum):
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    DISMISSED = "dismissed"


kind_labels = {
    ObjectionKind.WRONG_INCLUSION: _l("A household on the list does not belong there"),
    ObjectionKind.OMISSION: _l("A household was left out"),
    ObjectionKind.DATA_ERROR: _l("Something on the list is wrong"),
    ObjectionKind.PROCEDURE: _l("The rules were not kept"),
    ObjectionKind.CONFLICT_OF_INTEREST: _l("An official favoured relatives or friends"),
    ObjectionKind.PRIVACY: _l("The list shows something that should not be public"),
}
stage_labels = {
    ObjectionStage.FILED: _l("Received"),
    ObjectionStage.ACCEPTED: _l("Accepted"),
    ObjectionStage.NOT_ADMISSIBLE: _l("Not taken up, with a reason"),
    ObjectionStage.INVESTIGATING: _l("Being looked into"),
    ObjectionStage.UPHELD: _l("Found right, reply follows"),
    ObjectionStage.PARTLY_UPHELD: _l("Found partly right, reply follows"),
    ObjectionStage.DISMISSED: _l("Not found right, reply follows"),
    ObjectionStage.REPLIED: _l("Answered"),
    ObjectionStage.REVIEW_REQUESTED: _l("A second look was asked for"),
    ObjectionStage.REPLIED_FINAL: _l("Answered after a second look"),
}
channel_labels = {Channel.WEB: _l("online"), Channel.PAPER: _l("on paper"), Channel.PHONE: _l("by phone")}
blocks_labels = {
    Blocks.NOTHING: _l("holds nothing up"),
    Blocks.HOUSEHOLD: _l("holds up this household only"),
    Blocks.LIST: _l("holds up the whole list"),
}
inadmissible_labels = {
    Inadmissible.OTHER_MATTER: _l("It is about another matter; where that belongs is written in the reply"),
    Inadmissible.NO_FACTS: _l("It names nothing that can be looked into"),
    Inadmissible.ANSWERED: _l("It was answered before and names nothing new"),
}
finding_labels = {
    Finding.UPHELD: _l("It is right"),
    Finding.PARTLY_UPHELD: _l("It is partly right"),
    Finding.DISMISSED: _l("It is not right"),
}
for _labels in (kind_labels, stage_labels, channel_labels, blocks_labels, inadmissible_labels, finding_labels):
    register_labels(_labels)
