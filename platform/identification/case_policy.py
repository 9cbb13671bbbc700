"""What may be done to rounds, cases and meetings. Which office takes which step stands in the policy packs."""

from enum import StrEnum


class CasePermission(StrEnum):
    CASE_COUNTY = "case:county"
    CASE_MATCH = "case:match"
    CASE_OFFICE = "case:office"
    CASE_OPEN = "case:open"
    CASE_READ = "case:read"
    CASE_TOWNSHIP = "case:township"
    CASE_VILLAGE = "case:village"
    CLUE_FIND = "clue:find"
    FRAME_CONTACT = "frame:contact"
    MEETING_HOLD = "meeting:hold"
    MEETING_READ = "meeting:read"
    ROUND_MANAGE = "round:manage"
    ROUND_READ = "round:read"
