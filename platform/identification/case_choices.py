"""Closed sets of identification cases, with their words (domain.md 3.2, 3.5, 3.7, 3.9)."""

from enum import StrEnum

from core.i18n import _l, register_labels


class CaseStage(StrEnum):
    """Where a case stands. Which of these a regime uses, and how they follow, its pack says."""

    CLUE = "clue"
    DRAFT = "draft"
    APPLIED = "applied"
    VERIFYING = "verifying"
    REVIEWED = "reviewed"
    PRELIMINARY = "preliminary"
    VILLAGE_VERIFIED = "village_verified"
    NOTICE_FIRST = "notice_first"
    NOTICE_VILLAGE = "notice_village"
    TOWNSHIP_REVIEW = "township_review"
    TOWNSHIP_REVIEWED = "township_reviewed"
    NOTICE_SECOND = "notice_second"
    COUNTY_REVIEW = "county_review"
    COUNTY_APPROVED = "county_approved"
    ELIGIBLE_OVER_QUOTA = "eligible_over_quota"
    ANNOUNCED = "announced"
    REGISTERED = "registered"
    MONITORED = "monitored"
    PLAN_MADE = "plan_made"
    MEASURES_ACTIVE = "measures_active"
    CLEARING_REVIEW = "clearing_review"
    CLEARED = "cleared"
    NOT_ADMITTED = "not_admitted"
    WITHDRAWN = "withdrawn"


class CaseOrigin(StrEnum):
    """Who thought of the household first."""

    APPLICATION = "application"
    SELF_REPORT = "self_report"
    ON_BEHALF = "on_behalf"
    CADRE_SURVEY = "cadre_survey"
    DEPARTMENT_WARNING = "department_warning"
    SENTINEL = "sentinel"
    OBJECTION = "objection"


class RoundStage(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class Contact(StrEnum):
    """How a household of the frame was reached (domain.md 3.7.2). The last one means that it was not."""

    VISITED = "visited"
    APPLIED = "applied"
    DECLINED_IN_WRITING = "declined_in_writing"
    ABSENT_CONTACTED = "absent_contacted"
    ABSENT_UNREACHABLE = "absent_unreachable"


class Seen(StrEnum):
    """What two visitors saw of one of the five things."""

    SOUND = "sound"
    AT_RISK = "at_risk"
    NOT_SOUND = "not_sound"
    DOES_NOT_APPLY = "does_not_apply"


class Department(StrEnum):
    """Which department compared the household with its own register."""

    VEHICLES = "vehicles"
    REAL_ESTATE = "real_estate"
    PAYROLL = "payroll"
    BUSINESS = "business"


class MatchResult(StrEnum):
    NOTHING_FOUND = "nothing_found"
    FOUND = "found"


class VetoStage(StrEnum):
    OPEN = "open"
    CONFIRMED = "confirmed"
    CLEARED = "cleared"


class VetoCode(StrEnum):
    BOUGHT_HOUSE = "bought_house"
    VEHICLE = "vehicle"
    PUBLIC_SALARY = "public_salary"
    BUSINESS_REGISTRATION = "business_registration"
    VILLAGE_CADRE = "village_cadre"
    HUKOU_ONLY = "hukou_only"
    SPLIT_HOUSEHOLD = "split_household"
    LUXURY = "luxury"
    FALSE_INFORMATION = "false_information"


class Hardship(StrEnum):
    """Why a flag that is true does not speak against the household."""

    TOOL_FOR_WORK = "tool_for_work"
    FOR_DISABLED = "for_disabled"
    MORTGAGED = "mortgaged"
    ILLNESS_COSTS = "illness_costs"
    OTHER = "other"


class RejectReason(StrEnum):
    """Why a household was not admitted; the figures of a village count these."""

    ABOVE_LINE = "above_line"
    GUARANTEES_SOUND = "guarantees_sound"
    VETO_CONFIRMED = "veto_confirmed"
    NOT_A_HOUSEHOLD_HERE = "not_a_household_here"
    FALSE_INFORMATION = "false_information"
    MEETING = "meeting"


class OverQuotaAnswer(StrEnum):
    """The county's three answers (domain.md 3.7.8)."""

    MOVE_QUOTA = "move_quota"
    ASK_ABOVE = "ask_above"
    INTERIM_HELP = "interim_help"


class MeetingKind(StrEnum):
    REPRESENTATIVES = "representatives"
    VILLAGERS = "villagers"
    HOUSEHOLDS = "households"


class MeetingStage(StrEnum):
    PREPARED = "prepared"
    HELD = "held"


class VoteResult(StrEnum):
    ADMITTED = "admitted"
    NOT_ADMITTED = "not_admitted"


class OfficeLevel(StrEnum):
    """Which office the case waits for after another one did not act in time."""

    NONE = "none"
    TOWNSHIP = "township"
    COUNTY = "county"
    PROVINCE = "province"


register_labels(
    {
        CaseStage.CLUE: _l("Clue"),
        CaseStage.DRAFT: _l("Application being written"),
        CaseStage.APPLIED: _l("Applied"),
        CaseStage.VERIFYING: _l("Being verified at home"),
        CaseStage.REVIEWED: _l("Before the meeting"),
        CaseStage.PRELIMINARY: _l("On the preliminary list"),
        CaseStage.VILLAGE_VERIFIED: _l("Signed by village committee and team"),
        CaseStage.NOTICE_FIRST: _l("First notice"),
        CaseStage.NOTICE_VILLAGE: _l("Village notice"),
        CaseStage.TOWNSHIP_REVIEW: _l("Township review"),
        CaseStage.TOWNSHIP_REVIEWED: _l("Reviewed by the township"),
        CaseStage.NOTICE_SECOND: _l("Second notice"),
        CaseStage.COUNTY_REVIEW: _l("County review"),
        CaseStage.COUNTY_APPROVED: _l("Approved by the county"),
        CaseStage.ELIGIBLE_OVER_QUOTA: _l("Meets the standard, beyond the number"),
        CaseStage.ANNOUNCED: _l("Announced"),
        CaseStage.REGISTERED: _l("On the register"),
        CaseStage.MONITORED: _l("Under monitoring"),
        CaseStage.PLAN_MADE: _l("Help plan made"),
        CaseStage.MEASURES_ACTIVE: _l("Measures running"),
        CaseStage.CLEARING_REVIEW: _l("Clearing of the risk under review"),
        CaseStage.CLEARED: _l("Risk gone"),
        CaseStage.NOT_ADMITTED: _l("Not admitted"),
        CaseStage.WITHDRAWN: _l("Withdrawn"),
    }
)
register_labels(
    {
        CaseOrigin.APPLICATION: _l("Application"),
        CaseOrigin.SELF_REPORT: _l("Told by the household"),
        CaseOrigin.ON_BEHALF: _l("Told by somebody else"),
        CaseOrigin.CADRE_SURVEY: _l("Survey by cadres"),
        CaseOrigin.DEPARTMENT_WARNING: _l("Warning of a department"),
        CaseOrigin.SENTINEL: _l("Found in the registers"),
        CaseOrigin.OBJECTION: _l("Objection that it was left out"),
    }
)
register_labels({RoundStage.OPEN: _l("Round running"), RoundStage.CLOSED: _l("Round closed")})
register_labels(
    {
        Contact.VISITED: _l("Visited"),
        Contact.APPLIED: _l("Has applied"),
        Contact.DECLINED_IN_WRITING: _l("Declined in writing"),
        Contact.ABSENT_CONTACTED: _l("Away, reached by phone"),
        Contact.ABSENT_UNREACHABLE: _l("Away, not reached"),
    }
)
register_labels(
    {
        Seen.SOUND: _l("Sound"),
        Seen.AT_RISK: _l("At risk"),
        Seen.NOT_SOUND: _l("Not sound"),
        Seen.DOES_NOT_APPLY: _l("Does not apply"),
    }
)
register_labels(
    {
        Department.VEHICLES: _l("Vehicle register"),
        Department.REAL_ESTATE: _l("Real estate register"),
        Department.PAYROLL: _l("Public payroll"),
        Department.BUSINESS: _l("Business register"),
    }
)
register_labels({MatchResult.NOTHING_FOUND: _l("Nothing found"), MatchResult.FOUND: _l("Something found")})
register_labels(
    {
        VetoStage.OPEN: _l("To be looked at"),
        VetoStage.CONFIRMED: _l("Confirmed with evidence"),
        VetoStage.CLEARED: _l("Cleared with evidence"),
    }
)
register_labels(
    {
        VetoCode.BOUGHT_HOUSE: _l("House or shop bought in town"),
        VetoCode.VEHICLE: _l("Motor vehicle or large machine"),
        VetoCode.PUBLIC_SALARY: _l("Member on the public payroll"),
        VetoCode.BUSINESS_REGISTRATION: _l("Registered business that runs"),
        VetoCode.VILLAGE_CADRE: _l("Member is a village cadre in office"),
        VetoCode.HUKOU_ONLY: _l("Registered here but long living elsewhere"),
        VetoCode.SPLIT_HOUSEHOLD: _l("Household split or joined for the benefit"),
        VetoCode.LUXURY: _l("Spending that does not fit"),
        VetoCode.FALSE_INFORMATION: _l("False information"),
    }
)
register_labels(
    {
        Hardship.TOOL_FOR_WORK: _l("A tool for work"),
        Hardship.FOR_DISABLED: _l("Adapted for a disabled person"),
        Hardship.MORTGAGED: _l("Mortgaged, no value left"),
        Hardship.ILLNESS_COSTS: _l("Costs of illness above the income"),
        Hardship.OTHER: _l("Another hardship"),
    }
)
register_labels(
    {
        RejectReason.ABOVE_LINE: _l("Income above the line, no other difficulty"),
        RejectReason.GUARANTEES_SOUND: _l("Food, schooling, health care, housing and water are sound"),
        RejectReason.VETO_CONFIRMED: _l("A flag was confirmed with evidence"),
        RejectReason.NOT_A_HOUSEHOLD_HERE: _l("Does not live in this village as one household"),
        RejectReason.FALSE_INFORMATION: _l("What was told was not true"),
        RejectReason.MEETING: _l("The meeting voted against"),
    }
)
register_labels(
    {
        OverQuotaAnswer.MOVE_QUOTA: _l("Persons are moved here from a village with numbers left"),
        OverQuotaAnswer.ASK_ABOVE: _l("The level above was asked for more"),
        OverQuotaAnswer.INTERIM_HELP: _l("Help through this platform until then"),
    }
)
register_labels(
    {
        MeetingKind.REPRESENTATIVES: _l("Villagers' representatives' meeting"),
        MeetingKind.VILLAGERS: _l("Villagers' meeting"),
        MeetingKind.HOUSEHOLDS: _l("Villagers' meeting by households"),
    }
)
register_labels({MeetingStage.PREPARED: _l("Being written down"), MeetingStage.HELD: _l("Closed")})
register_labels(
    {VoteResult.ADMITTED: _l("Voted onto the list"), VoteResult.NOT_ADMITTED: _l("Not voted onto the list")}
)
register_labels(
    {
        OfficeLevel.NONE: _l("As the rules say"),
        OfficeLevel.TOWNSHIP: _l("Passed to the township"),
        OfficeLevel.COUNTY: _l("Passed to the county"),
        OfficeLevel.PROVINCE: _l("Passed to the province"),
    }
)
