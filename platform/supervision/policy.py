"""What may be done to issues and reports. Roles are named in `accounts`."""

from enum import StrEnum


class SupervisionPermission(StrEnum):
    ISSUE_CLOSE = "issue:close"
    ISSUE_READ = "issue:read"
    REPORT_ANSWER = "report:answer"
    REPORT_READ = "report:read"
