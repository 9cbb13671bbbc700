"""People: accounts, what proves them, the roles they hold, their sessions and tokens.

What lets them in again stands in `accounts.reset_models`, what they were told in `accounts.message_models`.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Date,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from accounts.message_models import Message
from accounts.reset_models import AccessReset, ResetLink
from core.db import Base
from core.i18n import _l, register_labels
from core.privacy import public, restricted, sensitive
from core.records import Recorded
from core.types import CreatedAt, EncryptedText, PublicId, Version, choice

__all__ = [
    "AccessReset",
    "Account",
    "AccountState",
    "ApiToken",
    "Credential",
    "GrantStage",
    "Message",
    "ResetLink",
    "Role",
    "RoleGrant",
    "SignIn",
    "SignInAttempt",
]


class Role(StrEnum):
    """Who somebody is to the platform (domain.md 1.2 and 11). The last three are never granted."""

    VILLAGE_OFFICER = "village_officer"
    STATIONED_TEAM = "stationed_team"
    TOWNSHIP_OFFICER = "township_officer"
    COUNTY_OFFICER = "county_officer"
    PROVINCE_OFFICER = "province_officer"
    PHONE_OPERATOR = "phone_operator"
    PAIRING_CADRE = "pairing_cadre"
    HELPING_UNIT = "helping_unit"
    DONOR_ADMIN = "donor_admin"
    DONOR_MEMBER = "donor_member"
    EVALUATOR = "evaluator"
    AUDITOR = "auditor"
    SECURITY_ADMIN = "security_admin"
    SYSTEM_ADMIN = "system_admin"
    HOUSEHOLD = "household"
    ANONYMOUS = "anonymous"
    SYSTEM = "system"


class AccountState(StrEnum):
    ACTIVE = "active"
    DISABLED = "disabled"


class GrantStage(StrEnum):
    PENDING = "pending"
    ACTIVE = "active"
    REVOKED = "revoked"


role_labels = {
    Role.VILLAGE_OFFICER: _l("Village officer"),
    Role.STATIONED_TEAM: _l("Stationed team"),
    Role.TOWNSHIP_OFFICER: _l("Township officer"),
    Role.COUNTY_OFFICER: _l("County officer"),
    Role.PROVINCE_OFFICER: _l("Officer for planning numbers of a province"),
    Role.PHONE_OPERATOR: _l("Operator of the phone line"),
    Role.PAIRING_CADRE: _l("Paired cadre"),
    Role.HELPING_UNIT: _l("Helping unit"),
    Role.DONOR_ADMIN: _l("Head of a donor's account"),
    Role.DONOR_MEMBER: _l("Member of a donor"),
    Role.EVALUATOR: _l("Third-party evaluator"),
    Role.AUDITOR: _l("Auditor"),
    Role.SECURITY_ADMIN: _l("Security administrator"),
    Role.SYSTEM_ADMIN: _l("System administrator"),
    Role.HOUSEHOLD: _l("Household"),
    Role.ANONYMOUS: _l("Anybody"),
    Role.SYSTEM: _l("The platform itself"),
}
account_state_labels = {
    AccountState.ACTIVE: _l("In use"),
    AccountState.DISABLED: _l("Switched off"),
}
grant_stage_labels = {
    GrantStage.PENDING: _l("Waiting for the second person"),
    GrantStage.ACTIVE: _l("In force"),
    GrantStage.REVOKED: _l("Revoked"),
}
register_labels(role_labels)
register_labels(account_state_labels)
register_labels(grant_stage_labels)


class Account(Recorded, Base):
    """Somebody who can sign in. Names stay inside: public pages show a role and a place."""

    __tablename__ = "account"
    __stream__ = ("account", "id")
    __table_args__ = (
        Index("uq_account_username_lower", text("lower(username)"), unique=True),
        CheckConstraint("username <> ''", name="username_given"),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    username: Mapped[str] = mapped_column(info=restricted())
    display_name: Mapped[str] = mapped_column(info=restricted())
    unit_name: Mapped[str] = mapped_column(default="", info=restricted())
    email: Mapped[str | None] = mapped_column(EncryptedText("account.email"), info=sensitive())
    phone: Mapped[str | None] = mapped_column(EncryptedText("account.phone"), info=sensitive())
    language: Mapped[str] = mapped_column(default="zh", info=restricted(recorded=False))
    state: Mapped[AccountState] = mapped_column(choice(AccountState), info=public())
    is_listed_demo: Mapped[bool] = mapped_column(default=False, info=public(recorded=False))
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"account/{self.id}"


class Credential(Base):
    """What proves an account: never recorded, so apart from it."""

    __tablename__ = "credential"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True, info=restricted())
    password_hash: Mapped[str | None] = mapped_column(info=sensitive())
    password_set_at: Mapped[datetime | None] = mapped_column(info=restricted())
    totp_secret: Mapped[str | None] = mapped_column(EncryptedText("credential.totp_secret"), info=sensitive())
    totp_confirmed_at: Mapped[datetime | None] = mapped_column(info=restricted())
    totp_last_counter: Mapped[int] = mapped_column(default=0, info=restricted())
    recovery_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary), default=list, info=sensitive())


class RoleGrant(Recorded, Base):
    """A role between two dates. Ranges are half-open over region codes; roles by relation have none.

    `region_code` is the office that answers for the grant, empty for donors.
    """

    __tablename__ = "role_grant"
    __stream__ = ("account", "account_id")
    __table_args__: Any = (
        CheckConstraint("(lo = '') = (hi = '') AND lo <= hi", name="range_whole"),
        CheckConstraint("granted_by IS NULL OR granted_by <> account_id", name="given_by_another"),
        CheckConstraint(
            "approved_by IS NULL OR (approved_by <> account_id AND approved_by IS DISTINCT FROM granted_by)",
            name="two_persons",
        ),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="valid_dates"),
        CheckConstraint(
            "(role IN ('donor_admin', 'donor_member')) = (donor_id IS NOT NULL)",
            name="donor_named",
        ),
        Index("ix_role_grant_account", "account_id"),
        Index("ix_role_grant_region", "role", "region_code"),
        Index(
            "ix_role_grant_donor",
            "donor_id",
            postgresql_where=text("donor_id IS NOT NULL"),
        ),
    )

    id: Mapped[PublicId]
    version: Mapped[Version] = mapped_column(info=public(recorded=False))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=public())
    role: Mapped[Role] = mapped_column(choice(Role), info=public())
    region_code: Mapped[str] = mapped_column(default="", info=public())
    lo: Mapped[str] = mapped_column(default="", info=public())
    hi: Mapped[str] = mapped_column(default="", info=public())
    donor_id: Mapped[UUID | None] = mapped_column(info=public())
    valid_from: Mapped[date] = mapped_column(Date, info=public())
    valid_to: Mapped[date | None] = mapped_column(Date, info=public())
    granted_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), info=restricted(recorded=False))
    stage: Mapped[GrantStage] = mapped_column(choice(GrantStage), info=public())
    created_at: Mapped[CreatedAt]

    __mapper_args__ = {"version_id_col": version}

    def record_subject(self) -> str:
        return f"account/{self.account_id}"


class SignIn(Base):
    """One session. Ending the row ends the session at the next request."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account", "account_id"),)

    id: Mapped[PublicId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info=sensitive())
    created_at: Mapped[CreatedAt]
    last_seen_at: Mapped[datetime] = mapped_column(info=restricted())
    idle_until: Mapped[datetime] = mapped_column(info=restricted())
    expires_at: Mapped[datetime] = mapped_column(info=restricted())
    ended_at: Mapped[datetime | None] = mapped_column(info=restricted())
    agent: Mapped[str] = mapped_column(default="", info=restricted())


class ApiToken(Base):
    """A token for the JSON door; only its keyed hash is kept."""

    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_account", "account_id"),)

    id: Mapped[PublicId]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), info=restricted())
    name: Mapped[str] = mapped_column(info=restricted())
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True, info=sensitive())
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), info=restricted())
    created_at: Mapped[CreatedAt]
    last_used_at: Mapped[datetime | None] = mapped_column(info=restricted())
    expires_at: Mapped[datetime] = mapped_column(info=restricted())
    revoked_at: Mapped[datetime | None] = mapped_column(info=restricted())


class SignInAttempt(Base):
    """A guess that is not known to be right; name and address as keyed hashes."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_pair", "name_key", "address_key", "at"),
        Index("ix_sign_in_attempt_address", "address_key", "at"),
        Index("ix_sign_in_attempt_purpose", "purpose", "at"),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, info=restricted())
    purpose: Mapped[str] = mapped_column(info=restricted())
    name_key: Mapped[bytes] = mapped_column(LargeBinary, info=restricted())
    address_key: Mapped[bytes] = mapped_column(LargeBinary, info=restricted())
    at: Mapped[datetime] = mapped_column(info=restricted())
