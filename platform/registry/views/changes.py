"""Events of a household's members: asked, checked, written down. Names are seen after a recorded look only."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotFound, NotValid, Refused
from core.http import actor, safe_next
from core.i18n import _
from core.policy import requires
from registry.choices import MemberEventKind
from registry.forms.changes import ComeBackForm, EventForm, HappenedForm, HeadForm, MergeForm, SplitForm, with_relations
from registry.models import Household, Member
from registry.policy import RegistryPermission
from registry.queries.drafts import has_looked
from registry.queries.standing import MemberStanding, find_member, household_by_number, members_standing
from registry.services import change_head, merge_households, record_member_event, split_household
from registry.services.drafting import look_at
from registry.views.door import blueprint
from registry.views.survey.pages import open_household

Doing = Callable[[Any], Household]


@blueprint.post("/households/<uuid:household_id>/look")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def look(household_id: UUID) -> ResponseReturnValue:
    """Look at the names for a correction; the look is recorded and lasts for some hours."""
    household = open_household(household_id)
    look_at(household, actor=actor())
    home = url_for("registry.dossier", household_id=household.id)
    return redirect(safe_next(request.form.get("next"), home), 303)


def _people(household: Household) -> list[MemberStanding]:
    return members_standing(household.id, today())


def _named(people: list[MemberStanding]) -> list[tuple[UUID, str]]:
    return [(row.member_id, _("%(name)s, %(relation)s", name=row.name, relation=row.relation)) for row in people]


def _page(
    household: Household, form: HappenedForm, heading: str, submit: str, status: int = 200
) -> ResponseReturnValue:
    """Show the form, or first the way to a recorded look."""
    if not has_looked(actor(), household.id):
        return render_template("registry/look.html", household=household, heading=heading, next=request.path), status
    page = render_template(
        "registry/change.html",
        household=household,
        form=form,
        heading=heading,
        action=request.path,
        order=form.order,
        relations=[name for name in form._fields if name.startswith("relation-")],
        answers=[],
        submit=submit,
    )
    return (page, status, {"Cache-Control": "no-store"})


def _check_page(household: Household, form: HappenedForm, heading: str, submit: str, warnings: list[str]) -> str:
    rows = [{"name": str(field.label.text), "value": _said(field)} for field in form if _said(field)]
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf_token", "again"}]
    return render_template(
        "registry/change.html",
        household=household,
        form=form,
        heading=heading,
        action=request.path,
        answers=rows,
        warnings=warnings,
        sent=[(name, value) for name, value in sent if name not in {"idempotency_key", "confirmed"}],
        submit=submit,
    )


def _said(field: Any) -> str:
    values = field.data if isinstance(field.data, list) else [field.data]
    words = {str(choice.value): str(choice.label) for choice in getattr(field, "choices", None) or ()}
    return _(", ").join(words.get(str(value), str(value)) for value in values if value)


def _submit(
    household: Household, form: HappenedForm, heading: str, submit: str, do: Doing, warnings: list[str]
) -> ResponseReturnValue:
    """Check what was entered, show it once more, then do it; what is refused stands beside its field."""
    if request.form.get("again") or not form.validate():
        return _page(household, form, heading, submit, 200 if request.form.get("again") else 422)
    if request.form.get("confirmed") != "1":
        return _check_page(household, form, heading, submit, warnings)
    try:
        changed = do(form)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(household, form, heading, submit, 422)
    except Refused as refusal:
        form.refuse(NotValid({"": [refusal.detail]}))
        return _page(household, form, heading, submit, 422)
    flash(_("It is on file."))
    return redirect(url_for("registry.dossier", household_id=changed.id), 303)


def _member(household: Household, member_id: UUID) -> Member:
    found = find_member(household.id, member_id)
    if found is None:
        raise NotFound
    return found


def _is_here(household: Household, member: Member) -> bool:
    return any(row.member_id == member.id for row in _people(household))


def _event(household: Household, member: Member) -> tuple[EventForm, str, str]:
    kind = EventForm if _is_here(household, member) else ComeBackForm
    name = member.name if has_looked(actor(), household.id) else ""
    return (
        kind.read().offer([]),
        _("What happened to %(name)s", name=name) if name else _("What happened"),
        _("Write it down"),
    )


@blueprint.get("/households/<uuid:household_id>/members/<uuid:member_id>/events/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def new_event(household_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Ask what happened to a member, or that somebody who left came back."""
    household = open_household(household_id)
    return _page(household, *_event(household, _member(household, member_id)))


@blueprint.post("/households/<uuid:household_id>/members/<uuid:member_id>/events/new")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def record_event(household_id: UUID, member_id: UUID) -> ResponseReturnValue:
    """Write down what happened to a member."""
    household = open_household(household_id)
    member = _member(household, member_id)

    def do(form: Any) -> Household:
        values = {"relation_to_head": form.relation_to_head.data} if "relation_to_head" in form else None
        record_member_event(
            household,
            MemberEventKind(form.kind.data),
            actor=actor(),
            happened_on=form.happened_on.data,
            member=member,
            values=values,
            reason=form.reason.data,
        )
        return household

    return _submit(household, *_event(household, member), do, [])


def _head(household: Household) -> tuple[HappenedForm, str, str]:
    people = _named(_people(household))
    return with_relations(HeadForm, people).read().offer(people), _("Another head"), _("Change the head")


@blueprint.get("/households/<uuid:household_id>/head")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def new_head(household_id: UUID) -> ResponseReturnValue:
    """Ask who is the head from a day on, and what everybody is to him."""
    household = open_household(household_id)
    return _page(household, *_head(household))


@blueprint.post("/households/<uuid:household_id>/head")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def set_head(household_id: UUID) -> ResponseReturnValue:
    """Make somebody else the head."""
    household = open_household(household_id)

    def do(form: Any) -> Household:
        chosen = _member(household, UUID(form.new_head.data))
        relations = {member: relation for member, relation in form.relations().items() if member != chosen.id}
        change_head(
            household,
            chosen,
            actor=actor(),
            happened_on=form.happened_on.data,
            reason=form.reason.data,
            relations=relations,
        )
        return household

    words = _("Relations that you left empty are worked out from the old ones where they are certain.")
    return _submit(household, *_head(household), do, [words])


def _split(household: Household) -> tuple[HappenedForm, str, str]:
    people = _named(_people(household))
    heading = _("Some form a household of their own")
    return with_relations(SplitForm, people).read().offer(people), heading, _("Split the household")


@blueprint.get("/households/<uuid:household_id>/split")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def split(household_id: UUID) -> ResponseReturnValue:
    """Ask who leaves to form a household of their own."""
    household = open_household(household_id)
    return _page(household, *_split(household))


@blueprint.post("/households/<uuid:household_id>/split")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def do_split(household_id: UUID) -> ResponseReturnValue:
    """Split the household; the page of the new one comes next."""
    household = open_household(household_id)

    def do(form: Any) -> Household:
        return split_household(
            household,
            [_member(household, UUID(value)) for value in form.members.data],
            actor=actor(),
            happened_on=form.happened_on.data,
            household_no=form.household_no.data,
            new_head=_member(household, UUID(form.new_head.data)),
            reason=form.reason.data,
            relations=form.relations(),
        )

    words = _("Card and helpers stay with this household. The new one gets a card of its own.")
    return _submit(household, *_split(household), do, [words])


def _merge(household: Household) -> tuple[HappenedForm, str, str]:
    other = household_by_number(actor(), household.region_code, request.form.get("other", "")) if request.form else None
    people = _named(_people(other)) if other is not None and other.id != household.id else []
    heading = _("Another household joins this one")
    return with_relations(MergeForm, people).read().offer(people), heading, _("Merge the two")


@blueprint.get("/households/<uuid:household_id>/merge")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def merge(household_id: UUID) -> ResponseReturnValue:
    """Ask which household of the village joins this one."""
    household = open_household(household_id)
    return _page(household, *_merge(household))


@blueprint.post("/households/<uuid:household_id>/merge")
@requires(RegistryPermission.HOUSEHOLD_CHANGE)
def do_merge(household_id: UUID) -> ResponseReturnValue:
    """Merge two households of a village; first asks what the others are to the head."""
    household = open_household(household_id)
    form, heading, submit = _merge(household)
    other = household_by_number(actor(), household.region_code, form["other"].data or "")
    if other is None and form["other"].data:
        form.validate()
        form.refuse(NotValid({"other": [_("There is no such household in this village.")]}))
        return _page(household, form, heading, submit, 422)
    asked = [name for name in form._fields if name.startswith("relation-")]
    if asked and not any(name in request.form for name in asked):
        return _page(household, form, heading, submit)

    def do(form: Any) -> Household:
        if other is None:
            raise NotFound
        return merge_households(
            household,
            other,
            actor=actor(),
            happened_on=form.happened_on.data,
            reason=form.reason.data,
            relations=form.relations(),
        )

    words = _("The other household ends: its card is void, its number stays taken, what is open for it ends.")
    return _submit(household, form, heading, submit, do, [words])
