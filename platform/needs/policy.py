"""What may be done to surveys, consents and needs. Roles are named in `accounts`."""

from enum import StrEnum


class NeedPermission(StrEnum):
    """`need:read_limited` opens needs for verified helpers, `need:read_invited` those for invited ones."""

    CONSENT_WITHDRAW = "consent:withdraw"
    NEED_APPROVE = "need:approve"
    NEED_CREATE = "need:create"
    NEED_READ = "need:read"
    NEED_READ_INVITED = "need:read_invited"
    NEED_READ_LIMITED = "need:read_limited"
    NEED_REJECT = "need:reject"
    NEED_RENEW = "need:renew"
    NEED_RETURN = "need:return"
    NEED_REVISIT = "need:revisit"
    NEED_SUBMIT = "need:submit"
    NEED_VERIFY = "need:verify"
    NEED_WITHDRAW = "need:withdraw"
    SURVEY_RECORD = "survey:record"
