"""What may be done to notices, objections, and what villagers say of their own accord."""

from enum import StrEnum


class NoticePermission(StrEnum):
    NOTICE_CORRECT = "notice:correct"
    NOTICE_INSPECT = "notice:inspect"
    NOTICE_POST = "notice:post"
    NOTICE_PREPARE = "notice:prepare"
    NOTICE_READ = "notice:read"
    NOTICE_WITHDRAW = "notice:withdraw"
    OBJECTION_ASK_REVIEW = "objection:ask_review"
    OBJECTION_ENTER = "objection:enter"
    OBJECTION_FILE = "objection:file"
    OBJECTION_HANDLE = "objection:handle"
    OBJECTION_READ = "objection:read"
    OBJECTION_REVIEW = "objection:review"
    OWN_REPORT_ENTER = "own_report:enter"
    OWN_REPORT_FILE = "own_report:file"
    OWN_REPORT_READ = "own_report:read"
    PAPER_CODE_PRINT = "paper_code:print"
