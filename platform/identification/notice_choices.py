"""Closed sets of notices, with their words."""

from enum import StrEnum

from core.i18n import _l, register_labels


class NoticeStep(StrEnum):
    """Which notice of a policy pack it is; the announcement ends nothing, it tells."""

    FIRST = "first"
    SECOND = "second"
    VILLAGE = "village"
    ANNOUNCEMENT = "announcement"


class NoticeStage(StrEnum):
    PREPARED = "prepared"
    POSTED = "posted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class EntryKind(StrEnum):
    """What was decided about a household, as the board says it. `register` is the word of 2014."""

    REGISTER = "register"
    MONITOR = "monitor"


class ReasonGroup(StrEnum):
    """Why, in one word group; never more than this (domain.md 7.6)."""

    INCOME = "income"
    GUARANTEES = "guarantees"
    BOTH = "both"


class EntryOutcome(StrEnum):
    PASSED = "passed"
    RETURNED = "returned"
    WITHDREW = "withdrew"


class Corner(StrEnum):
    """Which figure of an entry was put right."""

    NAME = "name"
    PERSONS = "persons"
    REASON = "reason"


step_labels = {
    NoticeStep.FIRST: _l("First notice"),
    NoticeStep.SECOND: _l("Second notice"),
    NoticeStep.VILLAGE: _l("Village notice"),
    NoticeStep.ANNOUNCEMENT: _l("Announcement"),
}
stage_labels = {
    NoticeStage.PREPARED: _l("Not posted yet"),
    NoticeStage.POSTED: _l("Posted"),
    NoticeStage.CLOSED: _l("Over"),
    NoticeStage.WITHDRAWN: _l("Taken back"),
}
kind_labels = {
    EntryKind.REGISTER: _l("to be put on the poverty register"),
    EntryKind.MONITOR: _l("to be monitored"),
}
reason_labels = {
    ReasonGroup.INCOME: _l("income"),
    ReasonGroup.GUARANTEES: _l("schooling, health care, housing or water"),
    ReasonGroup.BOTH: _l("income, and schooling, health care, housing or water"),
}
outcome_labels = {
    EntryOutcome.PASSED: _l("The time passed without a valid objection"),
    EntryOutcome.RETURNED: _l("Back to verification after an objection"),
    EntryOutcome.WITHDREW: _l("The household withdrew"),
}
corner_labels = {
    Corner.NAME: _l("Name of the head"),
    Corner.PERSONS: _l("Number of persons"),
    Corner.REASON: _l("Reason"),
}
for _labels in (step_labels, stage_labels, kind_labels, reason_labels, outcome_labels, corner_labels):
    register_labels(_labels)
