"""Cases, rounds, meetings: what identification works with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from core.records.migration import add_kinds, attach_guard, detach_guard, remove_kinds

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = [
    "case.accepted",
    "case.announced",
    "case.appealed",
    "case.applied",
    "case.authorised",
    "case.cleared",
    "case.clearing_proposed",
    "case.clue_opened",
    "case.county_approved",
    "case.declined",
    "case.drafted",
    "case.escalated",
    "case.household_named",
    "case.kind_chosen",
    "case.list_verified",
    "case.measures_started",
    "case.monitored",
    "case.notice_closed",
    "case.notice_posted",
    "case.notice_withdrawn",
    "case.objection_upheld",
    "case.over_quota",
    "case.plan_made",
    "case.proposed",
    "case.quota_answered",
    "case.registered",
    "case.rejected",
    "case.reopened",
    "case.returned",
    "case.signed",
    "case.stays",
    "case.township_approved",
    "case.visited",
    "case.voted_against",
    "case.voted_for",
    "case.withdrawn",
    "case_visit.created",
    "department_match.created",
    "frame_entry.changed",
    "frame_entry.created",
    "identification_case.changed",
    "meeting.changed",
    "meeting.held",
    "meeting.prepared",
    "meeting_member.created",
    "meeting_vote.counted",
    "meeting_vote.created",
    "quota_answer.created",
    "round.closed",
    "round.coverage_explained",
    "round.opened",
    "veto.cleared",
    "veto.confirmed",
    "veto.raised",
]
GUARDED = (
    ("identification_round", "identification_round", "id"),
    ("frame_entry", "identification_round", "round_id"),
    ("identification_case", "identification_case", "id"),
    ("quota_answer", "identification_case", "case_id"),
    ("case_visit", "identification_case", "case_id"),
    ("department_match", "identification_case", "case_id"),
    ("veto_flag", "identification_case", "case_id"),
    ("meeting", "meeting", "id"),
    ("meeting_member", "meeting", "meeting_id"),
    ("meeting_vote", "meeting", "meeting_id"),
)
LAST_STREAM, WITH_MEETING = "|objection)", "|objection|meeting)"


def upgrade() -> None:
    op.create_table(
        "identification_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Enum("open", "closed", name="roundstage", native_enum=False, length=40), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.Column("quota_run_id", sa.Uuid(), nullable=True),
        sa.Column("uncovered_reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(stage = 'closed') = (closed_on IS NOT NULL)", name=op.f("identification_round_closed_whole")
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on >= opened_on", name=op.f("identification_round_days_in_order")
        ),
        sa.ForeignKeyConstraint(["quota_run_id"], ["quota_run.id"], name=op.f("fk_identification_round_quota_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identification_round")),
    )
    op.create_index("ix_identification_round_scope", "identification_round", ["region_code", "opened_on"], unique=False)
    op.create_index(
        "uq_identification_round_open",
        "identification_round",
        ["region_code", "pack"],
        unique=True,
        postgresql_where=sa.text("stage = 'open'"),
    )
    op.create_table(
        "frame_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("household_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "visited",
                "applied",
                "declined_in_writing",
                "absent_contacted",
                "absent_unreachable",
                name="contact",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_frame_entry_household_id")),
        sa.ForeignKeyConstraint(["round_id"], ["identification_round.id"], name=op.f("fk_frame_entry_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_entry")),
    )
    op.create_index("ix_frame_entry_household", "frame_entry", ["household_id", "happened_on"], unique=False)
    op.create_index("uq_frame_entry_household", "frame_entry", ["round_id", "household_id"], unique=True)
    op.create_table(
        "identification_case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "clue",
                "draft",
                "applied",
                "verifying",
                "reviewed",
                "preliminary",
                "village_verified",
                "notice_first",
                "notice_village",
                "township_review",
                "township_reviewed",
                "notice_second",
                "county_review",
                "county_approved",
                "eligible_over_quota",
                "announced",
                "registered",
                "monitored",
                "plan_made",
                "measures_active",
                "clearing_review",
                "cleared",
                "not_admitted",
                "withdrawn",
                name="casestage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "origin",
            sa.Enum(
                "application",
                "self_report",
                "on_behalf",
                "cadre_survey",
                "department_warning",
                "sentinel",
                "objection",
                name="caseorigin",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("household_id", sa.Uuid(), nullable=True),
        sa.Column("receipt_no", sa.Text(), nullable=True),
        sa.Column("applicant_name", sa.LargeBinary(), nullable=False),
        sa.Column("applicant_phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.Column("assisted", sa.Boolean(), nullable=False),
        sa.Column("witness", sa.LargeBinary(), nullable=True),
        sa.Column("told", sa.LargeBinary(), nullable=False),
        sa.Column("sentinels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("stage_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decide_by", sa.Date(), nullable=True),
        sa.Column(
            "escalated_to",
            sa.Enum("none", "township", "county", "province", name="officelevel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("verification", sa.Integer(), nullable=False),
        sa.Column("appealed", sa.Boolean(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=True),
        sa.Column(
            "monitored_kind",
            sa.Enum(
                "unstable_exited",
                "marginal_at_risk",
                "sudden_severe_difficulty",
                name="monitoringkind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("risk_types", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("authorised_file", sa.Uuid(), nullable=True),
        sa.Column("line_year", sa.Integer(), nullable=True),
        sa.Column("line_series", sa.Text(), nullable=False),
        sa.Column("line_concept", sa.Text(), nullable=False),
        sa.Column("line_amount", sa.Integer(), nullable=True),
        sa.Column("line_source", sa.Text(), nullable=False),
        sa.Column("committee_by", sa.Uuid(), nullable=True),
        sa.Column("team_by", sa.Uuid(), nullable=True),
        sa.Column("township_by", sa.Uuid(), nullable=True),
        sa.Column("county_by", sa.Uuid(), nullable=True),
        sa.Column(
            "reject_reason",
            sa.Enum(
                "above_line",
                "guarantees_sound",
                "veto_confirmed",
                "not_a_household_here",
                "false_information",
                "meeting",
                name="rejectreason",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason_words", sa.LargeBinary(), nullable=False),
        sa.Column("over_quota_since", sa.Date(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("survey_due_on", sa.Date(), nullable=True),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "stage <> 'not_admitted' OR reject_reason IS NOT NULL",
            name=op.f("identification_case_not_admitted_with_reason"),
        ),
        sa.CheckConstraint(
            "stage NOT IN ('registered', 'monitored') OR (household_id IS NOT NULL AND county_by IS NOT NULL)",
            name=op.f("identification_case_admitted_by_county"),
        ),
        sa.CheckConstraint(
            "committee_by IS NULL OR committee_by IS DISTINCT FROM team_by",
            name=op.f("identification_case_signed_by_two"),
        ),
        sa.CheckConstraint(
            "county_by IS NULL OR county_by IS DISTINCT FROM township_by",
            name=op.f("identification_case_decided_by_two"),
        ),
        sa.CheckConstraint(
            "persons IS NULL OR persons BETWEEN 1 AND 30", name=op.f("identification_case_persons_known")
        ),
        sa.ForeignKeyConstraint(["household_id"], ["household.id"], name=op.f("fk_identification_case_household_id")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["identification_round.id"], name=op.f("fk_identification_case_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identification_case")),
    )
    op.create_index("ix_identification_case_due", "identification_case", ["due_on", "stage"], unique=False)
    op.create_index("ix_identification_case_household", "identification_case", ["household_id"], unique=False)
    op.create_index("ix_identification_case_round", "identification_case", ["round_id", "stage"], unique=False)
    op.create_index(
        "ix_identification_case_scope", "identification_case", ["region_code", "stage", "due_on"], unique=False
    )
    op.create_index("uq_identification_case_receipt", "identification_case", ["receipt_no"], unique=True)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("pack", sa.Text(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("representatives", "villagers", "households", name="meetingkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "stage", sa.Enum("prepared", "held", name="meetingstage", native_enum=False, length=40), nullable=False
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("chair", sa.LargeBinary(), nullable=False),
        sa.Column("recorder", sa.LargeBinary(), nullable=False),
        sa.Column("observers", sa.LargeBinary(), nullable=False),
        sa.Column("said", sa.LargeBinary(), nullable=False),
        sa.Column("minutes_file_id", sa.Uuid(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "stage = 'prepared' OR minutes_file_id IS NOT NULL", name=op.f("meeting_closed_with_minutes")
        ),
        sa.ForeignKeyConstraint(["round_id"], ["identification_round.id"], name=op.f("fk_meeting_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_scope", "meeting", ["region_code", "held_on"], unique=False)
    op.create_table(
        "case_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "clue",
                "draft",
                "applied",
                "verifying",
                "reviewed",
                "preliminary",
                "village_verified",
                "notice_first",
                "notice_village",
                "township_review",
                "township_reviewed",
                "notice_second",
                "county_review",
                "county_approved",
                "eligible_over_quota",
                "announced",
                "registered",
                "monitored",
                "plan_made",
                "measures_active",
                "clearing_review",
                "cleared",
                "not_admitted",
                "withdrawn",
                name="casestage",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_case_step_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_step")),
    )
    op.create_index("ix_case_step_case", "case_step", ["case_id", "taken_at"], unique=False)
    op.create_table(
        "case_visit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("verification", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("first_visitor", sa.Uuid(), nullable=False),
        sa.Column("second_visitor", sa.Uuid(), nullable=False),
        sa.Column(
            "food",
            sa.Enum("sound", "at_risk", "not_sound", "does_not_apply", name="seen", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "housing",
            sa.Enum("sound", "at_risk", "not_sound", "does_not_apply", name="seen", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "labour",
            sa.Enum("sound", "at_risk", "not_sound", "does_not_apply", name="seen", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "schooling",
            sa.Enum("sound", "at_risk", "not_sound", "does_not_apply", name="seen", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "water",
            sa.Enum("sound", "at_risk", "not_sound", "does_not_apply", name="seen", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("income_year", sa.Integer(), nullable=True),
        sa.Column("income_concept", sa.Text(), nullable=False),
        sa.Column("per_capita", sa.Numeric(precision=14, scale=2), nullable=True),
        sa.Column("no_income_reason", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(per_capita IS NULL) = (no_income_reason IS NOT NULL)", name=op.f("case_visit_income_or_reason")
        ),
        sa.CheckConstraint("first_visitor <> second_visitor", name=op.f("case_visit_two_visitors")),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_case_visit_case_id")),
        sa.ForeignKeyConstraint(["first_visitor"], ["account.id"], name=op.f("fk_case_visit_first_visitor")),
        sa.ForeignKeyConstraint(["second_visitor"], ["account.id"], name=op.f("fk_case_visit_second_visitor")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_visit")),
    )
    op.create_index("ix_case_visit_case", "case_visit", ["case_id", "verification"], unique=False)
    op.create_table(
        "department_match",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("verification", sa.Integer(), nullable=False),
        sa.Column(
            "department",
            sa.Enum("vehicles", "real_estate", "payroll", "business", name="department", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "result",
            sa.Enum("nothing_found", "found", name="matchresult", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_department_match_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_department_match")),
    )
    op.create_index("ix_department_match_case", "department_match", ["case_id", "department"], unique=False)
    op.create_table(
        "meeting_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("household_no", sa.Text(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_member_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_member")),
    )
    op.create_index("ix_meeting_member_meeting", "meeting_member", ["meeting_id", "ordinal"], unique=False)
    op.create_table(
        "meeting_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstained", sa.Integer(), nullable=False),
        sa.Column("recused", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("no_relatives", sa.Boolean(), nullable=False),
        sa.Column(
            "result",
            sa.Enum("admitted", "not_admitted", name="voteresult", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "votes_for >= 0 AND votes_against >= 0 AND abstained >= 0", name=op.f("meeting_vote_counts_votes")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_meeting_vote_case_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_vote_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_vote")),
    )
    op.create_index("ix_meeting_vote_case", "meeting_vote", ["case_id"], unique=False)
    op.create_index("uq_meeting_vote_case", "meeting_vote", ["meeting_id", "case_id"], unique=True)
    op.create_table(
        "quota_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("move_quota", "ask_above", "interim_help", name="overquotaanswer", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_quota_answer_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quota_answer")),
    )
    op.create_index("ix_quota_answer_case", "quota_answer", ["case_id", "created_at"], unique=False)
    op.create_table(
        "veto_flag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "code",
            sa.Enum(
                "bought_house",
                "vehicle",
                "public_salary",
                "business_registration",
                "village_cadre",
                "hukou_only",
                "split_household",
                "luxury",
                "false_information",
                name="vetocode",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "stage",
            sa.Enum("open", "confirmed", "cleared", name="vetostage", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=True),
        sa.Column("raised_words", sa.LargeBinary(), nullable=False),
        sa.Column(
            "hardship",
            sa.Enum(
                "tool_for_work",
                "for_disabled",
                "mortgaged",
                "illness_costs",
                "other",
                name="hardship",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("records.clock()"), nullable=False),
        sa.Column("region_code", sa.Text(), nullable=False),
        sa.Column("county_code", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "stage = 'open' OR (decided_on IS NOT NULL AND decided_by IS NOT NULL)",
            name=op.f("veto_flag_decided_whole"),
        ),
        sa.CheckConstraint(
            "decided_by IS NULL OR decided_by IS DISTINCT FROM raised_by", name=op.f("veto_flag_decided_by_another")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["identification_case.id"], name=op.f("fk_veto_flag_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_veto_flag")),
    )
    op.create_index("ix_veto_flag_case", "veto_flag", ["case_id", "stage"], unique=False)
    op.create_index(
        "uq_veto_flag_open", "veto_flag", ["case_id", "code"], unique=True, postgresql_where=sa.text("stage = 'open'")
    )
    _allow_streams(LAST_STREAM, WITH_MEETING)
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, stream, column in GUARDED:
        attach_guard(op, table, stream, column)
    add_kinds(op, KINDS)


def downgrade() -> None:
    for table, _stream, _column in GUARDED:
        detach_guard(op, table)
    op.drop_index("uq_veto_flag_open", table_name="veto_flag", postgresql_where=sa.text("stage = 'open'"))
    op.drop_index("ix_veto_flag_case", table_name="veto_flag")
    op.drop_table("veto_flag")
    op.drop_index("ix_quota_answer_case", table_name="quota_answer")
    op.drop_table("quota_answer")
    op.drop_index("uq_meeting_vote_case", table_name="meeting_vote")
    op.drop_index("ix_meeting_vote_case", table_name="meeting_vote")
    op.drop_table("meeting_vote")
    op.drop_index("ix_meeting_member_meeting", table_name="meeting_member")
    op.drop_table("meeting_member")
    op.drop_index("ix_department_match_case", table_name="department_match")
    op.drop_table("department_match")
    op.drop_index("ix_case_visit_case", table_name="case_visit")
    op.drop_table("case_visit")
    op.drop_index("ix_case_step_case", table_name="case_step")
    op.drop_table("case_step")
    op.drop_index("ix_meeting_scope", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index("uq_identification_case_receipt", table_name="identification_case")
    op.drop_index("ix_identification_case_scope", table_name="identification_case")
    op.drop_index("ix_identification_case_round", table_name="identification_case")
    op.drop_index("ix_identification_case_household", table_name="identification_case")
    op.drop_index("ix_identification_case_due", table_name="identification_case")
    op.drop_table("identification_case")
    op.drop_index("uq_frame_entry_household", table_name="frame_entry")
    op.drop_index("ix_frame_entry_household", table_name="frame_entry")
    op.drop_table("frame_entry")
    op.drop_index(
        "uq_identification_round_open", table_name="identification_round", postgresql_where=sa.text("stage = 'open'")
    )
    op.drop_index("ix_identification_round_scope", table_name="identification_round")
    op.drop_table("identification_round")
    remove_kinds(op, KINDS)
    _allow_streams(WITH_MEETING, LAST_STREAM)


def _allow_streams(old: str, new: str) -> None:
    """Let meetings have streams of records: the function's one pattern is exchanged."""
    connection = op.get_bind()
    connection.execute(sa.text("SET LOCAL ROLE jiedui_records"))
    source: str = connection.scalar(
        sa.text("SELECT pg_get_functiondef('records.check_shape(records.record)'::regprocedure)")
    )
    if f"{old}/" not in source:
        raise RuntimeError("records.check_shape is not as expected")
    connection.exec_driver_sql(source.replace(f"{old}/", f"{new}/"), execution_options={"no_parameters": True})
    connection.execute(sa.text("RESET ROLE"))
