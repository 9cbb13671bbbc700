"""Flags are raised; another person looks at one and decides with evidence."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotValid, WrongState
from core.http import actor
from core.i18n import _
from core.policy import require, requires
from identification.case_choices import VetoCode, VetoStage
from identification.case_packs import pack_of
from identification.case_policy import CasePermission
from identification.forms.casework import DecideFlagForm, NewFlagForm
from identification.models import IdentificationCase, VetoFlag
from identification.queries.cases import get_case
from identification.queries.cases.file import find_flag
from identification.queries.cases.reading import ENDED
from identification.services.cases import clear_flag, confirm_flag, raise_flag
from identification.services.cases.flags import is_stop
from identification.views.cases.door import blueprint
from identification.views.cases.findings import flag_row
from identification.views.cases.listing import heading_of
from identification.workflow import veto_workflow


def _own(case_id: UUID) -> IdentificationCase:
    case = get_case(actor(), case_id)
    require(actor(), CasePermission.CASE_OFFICE, case)
    return case


@blueprint.get("/<uuid:case_id>/flags/new")
@requires(CasePermission.CASE_OFFICE)
def new_flag(case_id: UUID) -> ResponseReturnValue:
    """Show the list of what may speak against a household."""
    return _new_page(_running(case_id), NewFlagForm())


def _running(case_id: UUID) -> IdentificationCase:
    case = _own(case_id)
    if case.stage in ENDED:
        raise WrongState(state=str(case.stage))
    return case


def _codes(case: IdentificationCase) -> list[VetoCode]:
    rules = pack_of(case.pack, case.region_code, case.entered_on)["veto_rules"]
    return [VetoCode(rule["code"]) for rule in rules]


def _new_page(case: IdentificationCase, form: NewFlagForm) -> str:
    return render_template(
        "identification/cases/flag_new.html",
        case=case,
        back=heading_of(case),
        form=form.offer(_codes(case)),
        has_errors=bool(form.errors),
    )


@blueprint.post("/<uuid:case_id>/flags")
@requires(CasePermission.CASE_OFFICE)
def keep_flag(case_id: UUID) -> ResponseReturnValue:
    """Raise the flag; it decides nothing."""
    case = _running(case_id)
    form = NewFlagForm.read().offer(_codes(case))
    if not form.validate():
        return _new_page(case, form), 422
    try:
        raise_flag(case, actor=actor(), code=VetoCode(form.code.data), words=form.words.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _new_page(_running(case_id), form), 422
    flash(_("The flag is raised. Somebody else looks at it with evidence."))
    return redirect(url_for(".show", case_id=case_id, _anchor="found"), 303)


@blueprint.get("/<uuid:case_id>/flags/<uuid:flag_id>")
@requires(CasePermission.CASE_OFFICE)
def flag(case_id: UUID, flag_id: UUID) -> ResponseReturnValue:
    """Show one flag, to be decided by somebody else than who raised it."""
    case = _own(case_id)
    return _page(case, _flag(case, flag_id), DecideFlagForm())


def _flag(case: IdentificationCase, flag_id: UUID) -> VetoFlag:
    """Return a flag of the case that can still be decided by the actor."""
    found = find_flag(case.id, flag_id)
    if found is None:
        raise NotFound
    veto_workflow.check(found, "clear", actor=actor(), facts={"preview": True})
    return found


def _page(case: IdentificationCase, found: VetoFlag, form: DecideFlagForm) -> str:
    return render_template(
        "identification/cases/flag.html",
        case=case,
        back=heading_of(case),
        flag=found,
        row=flag_row(case, found),
        form=_offered(found, form),
        is_stop=is_stop(found),
        has_errors=bool(form.errors),
    )


def _offered(found: VetoFlag, form: DecideFlagForm) -> DecideFlagForm:
    return form.offer(may_confirm=found.stage is VetoStage.OPEN, is_stop=is_stop(found))


@blueprint.post("/<uuid:case_id>/flags/<uuid:flag_id>")
@requires(CasePermission.CASE_OFFICE)
def decide_flag(case_id: UUID, flag_id: UUID) -> ResponseReturnValue:
    """Confirm or clear it with evidence."""
    case = _own(case_id)
    found = _flag(case, flag_id)
    form = _offered(found, DecideFlagForm.read())
    if not form.validate():
        return _page(case, found, form), 422
    if form.decision.data == "hardship" and form.chosen_hardship is None:
        form.hardship.errors = [_("Choose which hardship.")]
        return _page(case, found, form), 422
    _decide(found, form)
    flash(_("The flag is decided; your evidence is on file."))
    return redirect(url_for(".show", case_id=case_id, _anchor="found"), 303)


def _decide(found: VetoFlag, form: DecideFlagForm) -> None:
    if form.decision.data == "confirm":
        confirm_flag(found, actor=actor(), evidence=form.evidence.data)
    else:
        clear_flag(found, actor=actor(), evidence=form.evidence.data, hardship=form.chosen_hardship)
