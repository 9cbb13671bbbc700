"""A step as somebody takes it on its page: what it needs is looked at beside its field, then the case moves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.errors import NotValid
from core.i18n import LazyString, _l
from core.policy import Actor
from identification.case_choices import OverQuotaAnswer, RejectReason
from identification.models import IdentificationCase
from identification.services.cases.papers import keep_file
from identification.services.cases.signing import sign_case
from identification.services.cases.stepping import LONGEST, check_step, fire_case
from identification.workflow.cases import workflow_needs_words
from registry.choices import ClearingMethod

CONDITIONS = ("income_steady", "guarantees_stable", "risks_gone", "no_new_risk")
LONGEST_NAME = 60
Errors = dict[str, list[str | LazyString]]


@dataclass(frozen=True)
class StepGiven:
    """What was given with a step. `can_work` is asked only where the register does not know it."""

    words: str = ""
    reject: RejectReason | None = None
    answer: OverQuotaAnswer | None = None
    way: ClearingMethod | None = None
    conditions: frozenset[str] = frozenset()
    can_work: bool | None = None
    witness: str = ""
    scan: bytes | None = None


def take_step(case: IdentificationCase, step: str, given: StepGiven, *, actor: Actor) -> None:
    """Take a step of the pack; raises what stands against it, then NotValid beside the fields of what is missing."""
    check_step(case, step, actor=actor)
    _refuse_missing(case, step, given)
    if step == "sign_list":
        sign_case(case, actor=actor)
        return
    file_id = None if given.scan is None else keep_file(case, given.scan, actor=actor, field="scan")
    fire_case(case, step, actor=actor, reason=given.words, **_facts(given, file_id))


def _facts(given: StepGiven, file_id: UUID | None) -> dict[str, Any]:
    facts = {
        "reject": given.reject,
        "answer": given.answer,
        "way": given.way,
        "file": file_id,
        "witness": given.witness.strip() or None,
        "without_labour": None if given.can_work is None else not given.can_work,
        **dict.fromkeys(given.conditions, True),
    }
    return {name: value for name, value in facts.items() if value is not None}


def needs_words(case: IdentificationCase, step: str) -> bool:
    """Return whether the step asks for words: by its pack, or because somebody waits for an answer."""
    return step == "answer_over_quota" or workflow_needs_words(case, step)


def _refuse_missing(case: IdentificationCase, step: str, given: StepGiven) -> None:
    errors: Errors = {}
    words = given.words.strip()
    if needs_words(case, step) and not words:
        errors["words"] = [_l("Write it down in a few words.")]
    if len(words) > LONGEST:
        errors["words"] = [_l("Write at most 1,000 characters.")]
    if step == "decline" and given.scan is None and not given.witness.strip():
        errors["scan"] = [_l("Add the signed paper, or name the witness.")]
    if len(given.witness.strip()) > LONGEST_NAME:
        errors["witness"] = [_l("This name is too long.")]
    if step == "propose_clearing":
        errors |= {name: [_l("This must hold before the risk is gone.")] for name in _missing(given)}
    if errors:
        raise NotValid(errors)


def _missing(given: StepGiven) -> list[str]:
    return [name for name in CONDITIONS if name not in given.conditions]
