"""What a step brings with it beyond the case: the register, the county's answer."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from core.clock import today
from core.db import db
from core.policy import Actor
from identification.case_choices import CaseStage, OverQuotaAnswer
from identification.models import IdentificationCase, QuotaAnswer
from identification.services.cases.registering import enter_register, leave_monitoring
from registry.choices import ClearingMethod

ENTERED = frozenset({CaseStage.REGISTERED, CaseStage.MONITORED})


def follow(case: IdentificationCase, step: str, *, actor: Actor, words: str, facts: Mapping[str, Any]) -> None:
    """Do what belongs to a step that was taken, in the same transaction."""
    if step in ("register", "county_approve") and case.stage in ENTERED:
        enter_register(case)
    elif step == "clear":
        leave_monitoring(case, ClearingMethod(facts["way"]))
    elif step == "answer_over_quota":
        _keep_answer(case, OverQuotaAnswer(facts["answer"]), words, actor)


def _keep_answer(case: IdentificationCase, answer: OverQuotaAnswer, words: str, actor: Actor) -> None:
    db.session.add(
        QuotaAnswer(
            id=uuid4(),
            case_id=case.id,
            region_code=case.region_code,
            county_code=case.county_code,
            answer=answer,
            words=words,
            answered_on=today(),
            answered_by=actor.account_id,
        )
    )
