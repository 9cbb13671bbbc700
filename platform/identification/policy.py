"""What may be done in identification. Roles are named in `accounts`."""

from enum import StrEnum

from identification.case_policy import CasePermission
from identification.notice_policy import NoticePermission

__all__ = ["CasePermission", "NoticePermission", "QuotaPermission"]


class QuotaPermission(StrEnum):
    QUOTA_COMPUTE = "quota:compute"
    QUOTA_DISCARD = "quota:discard"
    QUOTA_PUBLISH = "quota:publish"
    QUOTA_READ = "quota:read"
    QUOTA_SETTLE = "quota:settle"
    TRANSFER_ASK = "quota_transfer:ask"
    TRANSFER_DECIDE = "quota_transfer:decide"
