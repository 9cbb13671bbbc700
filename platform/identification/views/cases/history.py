"""Everything that was done with a case, the latest first: who, when, and in which words."""

from typing import Any

from flask import url_for

from core.i18n import LazyString, _, _l, label
from identification.case_choices import OverQuotaAnswer, RejectReason
from identification.models import CaseStep, IdentificationCase
from identification.queries.cases.file import steps_of
from identification.workflow.cases import step_labels
from registry.choices import ClearingMethod
from registry.views.places import office_name

SETS: dict[str, Any] = {"reject": RejectReason, "answer": OverQuotaAnswer, "way": ClearingMethod}
TOLD: LazyString = _l("The meeting is told of the open flags")


def history_of(case: IdentificationCase, *, is_office: bool) -> list[dict[str, Any]]:
    """Return the steps; words, witnesses and papers only for the offices."""
    return [_row(case, step, is_office=is_office) for step in steps_of(case.id)]


def _row(case: IdentificationCase, step: CaseStep, *, is_office: bool) -> dict[str, Any]:
    return {
        "at": step.taken_at,
        "what": str(step_labels.get(step.name, step.name)),
        "stage": label(step.stage),
        "who": office_name(step.taken_by) if step.taken_by else _("the platform, by its rules"),
        "given": [_given(name, code) for name, code in step.given.items()],
        "words": step.words if is_office else "",
        "witness": (step.witness or "") if is_office else "",
        "file_url": _file_url(case, step) if is_office else "",
    }


def _given(name: str, code: str) -> str:
    return label(SETS[name](code)) if name in SETS else str(TOLD)


def _file_url(case: IdentificationCase, step: CaseStep) -> str:
    return url_for("cases.paper", case_id=case.id, file_id=step.file_id) if step.file_id else ""
