"""Writing a need down in seven steps; from the third on the draft is kept."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotPermitted, NotValid, Refused, WrongState
from core.http import actor
from core.i18n import _, label
from core.policy import requires
from needs.choices import SUGGESTED, Category, NeedStage, NeedVisibility, Urgency
from needs.forms import ItemForm, SearchForm, VisibilityForm, WhenForm, WhyForm
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import consents_of, get_need, latest_survey
from needs.rules import items_for, refused_words, ruleset_for, sentence_of
from needs.services import NeedText, change_draft, check_need, create_need, submit_need, text_of
from needs.views.door import blueprint
from needs.views.places import place_name, place_names, villages_of
from needs.views.rows import answer_rows, rule_rows, whose_line
from registry.choices import Cause
from registry.queries import Subject, get_household, households_in_scope, subject_of
from registry.services import open_village

STEPS = 7


def _subject(key: str) -> Subject:
    """Return the subject of a step's address: a household's id, or a village's code."""
    if key.isdigit():
        return subject_of(open_village(key, actor=actor()))
    try:
        household_id = UUID(key)
    except ValueError as error:
        raise NotFound from error
    return subject_of(get_household(actor(), household_id))


def _draft(need_id: UUID) -> Need:
    """Return my own draft."""
    need = get_need(actor(), need_id)
    if need.author_id != actor().account_id:
        raise NotPermitted(permission=str(NeedPermission.NEED_SUBMIT), roles=())
    if need.stage is not NeedStage.DRAFT:
        raise WrongState(state=need.stage.value)
    return need


@blueprint.get("/needs/new")
@requires(NeedPermission.NEED_CREATE)
def new_need() -> ResponseReturnValue:
    """Step 1: whose need it is."""
    search = SearchForm.read_query()
    page = households_in_scope(actor(), number=search.number.data or "", cursor=search.cursor.data or None)
    places = place_names(row.region_code for row in page.items)
    choices = [
        {
            "value": str(row.id),
            "label": _("Household %(number)s", number=row.household_no),
            "hint": places[row.region_code],
        }
        for row in page.items
    ]
    choices += [{"value": code, "label": _("The whole village"), "hint": name} for code, name in villages_of(actor())]
    return render_template("needs/new_whose.html", search=search, page=page, choices=choices)


@blueprint.get("/needs/new/category")
@requires(NeedPermission.NEED_CREATE)
def new_category() -> ResponseReturnValue:
    """Step 2: what kind of need; what the survey's causes suggest stands first."""
    subject = _subject(request.args.get("subject", ""))
    day = today()
    survey = latest_survey(subject, on=day, days=ruleset_for(subject.region_code, day).days("survey_days"))
    if survey is None:
        return render_template("needs/new_survey_first.html", subject=subject, whose=whose_line(subject))
    choices = [{"value": category.value, "label": label(category)} for category in _by_causes(survey.causes)]
    return render_template("needs/new_category.html", choices=choices, subject=subject, whose=whose_line(subject))


def _by_causes(causes: list[str]) -> list[Category]:
    first = [category for cause in causes for category in SUGGESTED.get(Cause(cause), ())]
    return list(dict.fromkeys([*first, *Category]))


@blueprint.get("/needs/new/item")
@requires(NeedPermission.NEED_CREATE)
def new_item() -> ResponseReturnValue:
    """Step 3: what and how many."""
    subject = _subject(request.args.get("subject", ""))
    category = request.args.get("category", "")
    if category not in set(Category):
        return redirect(url_for(".new_category", subject=subject.key))
    return _item_page(_item_form(subject.region_code, Category(category)), subject)


def _item_form(region_code: str, category: Category | None = None, **defaults: Any) -> ItemForm:
    """Return the form with the county's items of the category (of all, while another one may be chosen)."""
    form = ItemForm.read(category=category.value if category else None, **defaults)
    items = items_for(region_code, today()).values()
    chosen = form.category.data
    form.item_code.choices = [
        ("", _("Something else")),
        *((item.code, f"{item.name} ({item.unit})") for item in items if item.category == chosen),
    ]
    return form


def _item_page(form: ItemForm, subject: Subject, need: Need | None = None) -> str:
    return render_template("needs/item.html", form=form, subject=subject, whose=whose_line(subject), need=need)


@blueprint.post("/needs/new/item")
@requires(NeedPermission.NEED_CREATE)
def create_draft() -> ResponseReturnValue:
    """Keep the draft; from here on nothing typed is lost."""
    subject = _subject(request.args.get("subject", ""))
    form = _item_form(subject.region_code)
    if not _is_sound(form, subject.region_code):
        return _item_page(form, subject), 422
    try:
        need = create_need(subject, actor=actor(), text=NeedText(**_item_values(form)))
    except NotValid as refusal:
        form.refuse(refusal)
        return _item_page(form, subject), 422
    return redirect(url_for(".draft_why", need_id=need.id))


def _is_sound(form: ItemForm, region_code: str) -> bool:
    """Validate the form; what must not stand in its texts is said beside them."""
    if not form.validate():
        return False
    for field in (form.title, form.unit):
        field.errors = [*field.errors, *_told(field.data, region_code)]
    return not form.errors


def _told(text: str, region_code: str) -> list[str]:
    return [sentence_of(result) for result in refused_words(text, ruleset_for(region_code, today()))]


def _item_values(form: ItemForm) -> dict[str, Any]:
    values = dict(form.data)
    return {**values, "category": Category(values["category"]), "item_code": values["item_code"] or None}


@blueprint.get("/needs/<uuid:need_id>/item")
@requires(NeedPermission.NEED_SUBMIT)
def draft_item(need_id: UUID) -> ResponseReturnValue:
    """Steps 2 and 3 again, for a draft."""
    need = _draft(need_id)
    names = ("title", "quantity", "unit", "min_lot", "unit_price")
    values = {name: getattr(need, name) for name in names} | {"item_code": need.item_code or ""}
    return _item_page(_item_form(need.region_code, need.category, **values), _subject_of(need), need)


def _subject_of(need: Need) -> Subject:
    return _subject(str(need.household_id) if need.household_id else need.region_code)


@blueprint.post("/needs/<uuid:need_id>/item")
@requires(NeedPermission.NEED_SUBMIT)
def change_item(need_id: UUID) -> ResponseReturnValue:
    """Keep changes of what and how many."""
    need = _draft(need_id)
    form = _item_form(need.region_code)
    if _is_sound(form, need.region_code):
        try:
            change_draft(need, actor=actor(), text=replace(text_of(need), **_item_values(form)))
            return redirect(url_for(".draft_why", need_id=need.id))
        except NotValid as refusal:
            form.refuse(refusal)
    return _item_page(form, _subject_of(need), need), 422


@blueprint.get("/needs/<uuid:need_id>/why")
@requires(NeedPermission.NEED_SUBMIT)
def draft_why(need_id: UUID) -> ResponseReturnValue:
    """Step 4: why."""
    need = _draft(need_id)
    return render_template("needs/why.html", form=WhyForm(description=need.description), need=need, findings=())


@blueprint.post("/needs/<uuid:need_id>/why")
@requires(NeedPermission.NEED_SUBMIT)
def change_why(need_id: UUID) -> ResponseReturnValue:
    """Keep the reason, unless it tells too much."""
    need = _draft(need_id)
    form = WhyForm.read()
    if form.validate():
        form.description.errors = _told(form.description.data, need.region_code)
    if form.errors:
        return render_template("needs/why.html", form=form, need=need), 422
    change_draft(need, actor=actor(), text=replace(text_of(need), description=form.description.data))
    return redirect(url_for(".draft_when", need_id=need.id))


@blueprint.get("/needs/<uuid:need_id>/when")
@requires(NeedPermission.NEED_SUBMIT)
def draft_when(need_id: UUID) -> ResponseReturnValue:
    """Step 5: by when, and how urgent."""
    need = _draft(need_id)
    names = ("needed_from", "needed_by", "urgency_reason")
    form = WhenForm(urgency=need.urgency.value, **{name: getattr(need, name) for name in names})
    return render_template("needs/when.html", form=form, need=need)


@blueprint.post("/needs/<uuid:need_id>/when")
@requires(NeedPermission.NEED_SUBMIT)
def change_when(need_id: UUID) -> ResponseReturnValue:
    """Keep the season and the urgency."""
    need = _draft(need_id)
    form = WhenForm.read()
    if form.validate():
        values = {**form.data, "urgency": Urgency(form.urgency.data)}
        try:
            change_draft(need, actor=actor(), text=replace(text_of(need), **values))
            return redirect(url_for(".draft_consent", need_id=need.id))
        except NotValid as refusal:
            form.refuse(refusal)
    return render_template("needs/when.html", form=form, need=need), 422


@blueprint.get("/needs/<uuid:need_id>/consent")
@requires(NeedPermission.NEED_SUBMIT)
def draft_consent(need_id: UUID) -> ResponseReturnValue:
    """Step 6: who may see it, beside what the household has agreed to."""
    need = _draft(need_id)
    return _consent_page(need, VisibilityForm(visibility=need.visibility.value))


def _consent_page(need: Need, form: VisibilityForm) -> str:
    consents = consents_of(need.household_id) if need.household_id else ()
    return render_template("needs/consent.html", form=form, need=need, consents=consents, today=today())


@blueprint.post("/needs/<uuid:need_id>/consent")
@requires(NeedPermission.NEED_SUBMIT)
def change_consent(need_id: UUID) -> ResponseReturnValue:
    """Keep who may see it."""
    need = _draft(need_id)
    form = VisibilityForm.read()
    if not form.validate():
        return _consent_page(need, form), 422
    visibility = NeedVisibility(form.visibility.data)
    change_draft(need, actor=actor(), text=replace(text_of(need), visibility=visibility))
    return redirect(url_for(".draft_check", need_id=need.id))


@blueprint.get("/needs/<uuid:need_id>/check")
@requires(NeedPermission.NEED_SUBMIT)
def draft_check(need_id: UUID) -> ResponseReturnValue:
    """Step 7: check the answers."""
    return _check_page(_draft(need_id))


def _check_page(need: Need, others: tuple[str, ...] = ()) -> str:
    return render_template(
        "needs/check.html",
        need=need,
        place=place_name(need.region_code),
        answers=answer_rows(need),
        rules=rule_rows(check_need(need)),
        others=others,
    )


@blueprint.post("/needs/<uuid:need_id>/check")
@requires(NeedPermission.NEED_SUBMIT)
def submit(need_id: UUID) -> ResponseReturnValue:
    """Hand the need in; a rule that stands against it is shown beside the answers."""
    need = _draft(need_id)
    try:
        submit_need(need, actor=actor())
    except Refused as refusal:
        found = refusal.facts.get("findings", [{"detail": str(refusal.detail)}])
        return _check_page(need, tuple(finding["detail"] for finding in found)), 422
    flash(_("Submitted. Somebody else of the village verifies it on site within 5 days."))
    return redirect(url_for(".need", need_id=need.id))
