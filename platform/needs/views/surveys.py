"""Needs surveys of households and villages."""

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _, _l
from core.policy import requires
from needs.choices import ConsentItem, ConsentMethod
from needs.forms import SurveyForm, VillageSurveyForm
from needs.policy import NeedPermission
from needs.queries import needs_of_subject, sheet_lines, surveys_of
from needs.services import ConsentGiven, record_survey
from needs.views.door import blueprint
from needs.views.places import place_name
from registry.choices import Cause
from registry.models import Household
from registry.queries import get_household, subject_of
from registry.services import open_village

CONSENT_DAYS = 365


@blueprint.get("/households/<uuid:household_id>/survey")
@requires(NeedPermission.SURVEY_RECORD)
def new_survey(household_id: UUID) -> ResponseReturnValue:
    """Show the survey form with each consent by itself; none is ticked beforehand."""
    household = get_household(actor(), household_id)
    return _survey_page(household, SurveyForm(valid_until=today() + timedelta(days=CONSENT_DAYS)))


def _survey_page(household: Household, form: SurveyForm) -> str:
    return render_template("needs/survey.html", household=household, place=place_name(household.region_code), form=form)


@blueprint.post("/households/<uuid:household_id>/survey")
@requires(NeedPermission.SURVEY_RECORD)
def create_survey(household_id: UUID) -> ResponseReturnValue:
    """Record the visit and what the household agreed to."""
    household = get_household(actor(), household_id)
    form = SurveyForm.read()
    if not form.validate():
        return _survey_page(household, form), 422
    try:
        record_survey(
            subject_of(household),
            actor=actor(),
            surveyed_on=form.surveyed_on.data,
            second_visitor=form.second_visitor.data,
            causes=[Cause(value) for value in form.causes.data],
            consents=_consents(form),
            note_text=form.note.data or "",
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _survey_page(household, form), 422
    flash(_("The survey is on file. Needs can be written down now."))
    return redirect(url_for(".household", household_id=household.id))


def _consents(form: SurveyForm) -> list[ConsentGiven]:
    if form.items.data and form.valid_until.data is None:
        raise NotValid({"valid_until": [_l("Enter until when the consent runs.")]})
    return [
        ConsentGiven(
            ConsentItem(value),
            form.given_by.data or "",
            ConsentMethod(form.method.data),
            form.valid_until.data,
            form.witness.data or "",
        )
        for value in form.items.data
    ]


@blueprint.get("/villages/<string(length=12):code>")
@requires(NeedPermission.NEED_READ)
def village(code: str) -> ResponseReturnValue:
    """Show a village on the desk: its surveys, its own needs, the lines of its sheet."""
    found = open_village(code, actor=actor())
    subject = subject_of(found)
    return render_template(
        "needs/village.html",
        code=code,
        place=place_name(code),
        surveys=surveys_of(subject),
        needs=needs_of_subject(subject),
        lines=sheet_lines(actor(), code),
    )


@blueprint.get("/villages/<string(length=12):code>/survey")
@requires(NeedPermission.SURVEY_RECORD)
def new_village_survey(code: str) -> ResponseReturnValue:
    """Show the survey form of a village."""
    open_village(code, actor=actor())
    return render_template("needs/village_survey.html", code=code, place=place_name(code), form=VillageSurveyForm())


@blueprint.post("/villages/<string(length=12):code>/survey")
@requires(NeedPermission.SURVEY_RECORD)
def create_village_survey(code: str) -> ResponseReturnValue:
    """Record what the village itself needs."""
    subject = subject_of(open_village(code, actor=actor()))
    form = VillageSurveyForm.read()
    if form.validate():
        try:
            record_survey(
                subject,
                actor=actor(),
                surveyed_on=form.surveyed_on.data,
                second_visitor=form.second_visitor.data,
                causes=[Cause(value) for value in form.causes.data],
                note_text=form.note.data or "",
            )
        except NotValid as refusal:
            form.refuse(refusal)
    if form.errors:
        page = render_template("needs/village_survey.html", code=code, place=place_name(code), form=form)
        return page, 422
    flash(_("The survey is on file. Needs can be written down now."))
    return redirect(url_for(".village", code=code))
