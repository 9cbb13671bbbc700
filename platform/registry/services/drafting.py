"""Keeping what is typed: never over what somebody else wrote meanwhile, never longer than it is needed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from sqlalchemy import delete

from core.clock import now
from core.db import db
from core.errors import Refused
from core.i18n import _l
from core.policy import Actor
from registry.models import Household
from registry.models.drafts import SurveyDraft
from registry.queries.drafts import LOOKING, OPENING, Draft, Pairs, draft_of, find_row, has_looked
from registry.queries.standing import base_of
from registry.services.households import RevealPurpose, reveal_household


class DraftConflict(Refused):
    """Something else was written since this was begun. `by` says where: in the register, or on another device."""

    code = "draft_conflict"
    detail = _l("Somebody wrote something else meanwhile. Look at both and choose field by field.")

    def __init__(self, by: str, **facts: Any) -> None:
        super().__init__(**facts)
        self.by = by


def begin_survey(household: Household, *, actor: Actor) -> None:
    """Open a survey: the officer looks at the file for it, and that is recorded. Doing it again changes nothing."""
    if find_row(actor, household.id, OPENING) is not None:
        return
    reveal_household(household, actor=actor, purpose=RevealPurpose.SURVEY)
    db.session.add(_row(household, OPENING, actor))
    db.session.flush()  # the first step is kept beside it


def look_at(household: Household, *, actor: Actor) -> None:
    """Look at the names of a household's people for a correction; the look is recorded and lasts for some hours."""
    if has_looked(actor, household.id):
        return
    reveal_household(household, actor=actor, purpose=RevealPurpose.CORRECTION)
    row = find_row(actor, household.id, LOOKING)
    if row is None:
        row = _row(household, LOOKING, actor)
        db.session.add(row)
    row.updated_at = now()
    db.session.flush()  # the page asks whether he has looked


def _row(household: Household, step: str, actor: Actor) -> SurveyDraft:
    return SurveyDraft(
        id=uuid4(),
        household_id=household.id,
        region_code=household.region_code,
        county_code=household.county_code,
        account_id=actor.account_id,
        step=step,
        typed="",
        base="",
        revision=0,
        is_done=False,
        updated_at=now(),
    )


def keep_step(
    household: Household,
    step: str,
    pairs: Iterable[tuple[str, str]],
    *,
    actor: Actor,
    base: str,
    revision: int,
    is_done: bool = False,
) -> Draft:
    """Keep a step as it was typed; a survey that was closed meanwhile is opened again, and that is recorded.

    Raises DraftConflict if the file (`base`) or the draft itself (`revision`) is not what the officer had before him.
    """
    begin_survey(household, actor=actor)
    typed: Pairs = list(pairs)
    row = find_row(actor, household.id, step, locked=True)
    if base != base_of(household.id, step):
        raise DraftConflict("register")
    if row is None:
        row = _row(household, step, actor)
        db.session.add(row)
    elif row.revision != revision and draft_of(row).pairs != typed:
        raise DraftConflict("device")
    row.typed, row.base, row.is_done = urlencode(typed), base, is_done
    row.revision, row.updated_at = row.revision + 1, now()
    db.session.flush()  # two that keep the same step at once meet here, not after the answer
    return draft_of(row)


def drop_step(household: Household, step: str, *, actor: Actor) -> None:
    """Let one step go; what stands on file stays."""
    _delete(
        SurveyDraft.household_id == household.id, SurveyDraft.account_id == actor.account_id, SurveyDraft.step == step
    )


def end_survey(household: Household, *, actor: Actor) -> None:
    """Let everything go that the officer typed of the household and has not put on file."""
    _delete(SurveyDraft.household_id == household.id, SurveyDraft.account_id == actor.account_id)


def forget_drafts_of(household_id: UUID) -> None:
    """Let go what anybody typed of a household."""
    _delete(SurveyDraft.household_id == household_id)


def forget_drafts_before(moment: datetime) -> None:
    """Let go what nobody touched since."""
    _delete(SurveyDraft.updated_at < moment)


def _delete(*conditions: Any) -> None:
    db.session.execute(delete(SurveyDraft).where(*conditions).execution_options(synchronize_session="fetch"))
