"""Officers take objections up, look into them, decide, answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import requires
from identification.forms.desk import AcceptForm, EnterObjectionForm, FindingForm, RefuseForm, ReplyForm
from identification.models.objections import Objection
from identification.notice_policy import NoticePermission
from identification.objection_choices import Channel, Finding, Inadmissible, ObjectionKind
from identification.queries import objections as queries
from identification.queries.notices import get_entry, get_notice, line_of, running_lines
from identification.services import objections as services
from identification.services.objecting import Filing, enter_objection
from identification.views.desk_places import all_villages, officers_of
from identification.workflow.objections import objection_workflow
from registry.views.places import place_name, place_names

blueprint = Blueprint("objection_desk", __name__, url_prefix="/desk/objections")


@blueprint.get("")
@requires(NoticePermission.OBJECTION_READ)
def index() -> ResponseReturnValue:
    """List objections to be answered, the most urgent first; answered ones on request."""
    due = request.args.get("answered") != "1"
    page = queries.objections_in_scope(actor(), due=due, cursor=request.args.get("cursor"))
    names = place_names(row.region_code for row in page.items)
    return render_template("identification/desk_objections.html", page=page, names=names, due=due)


@blueprint.get("/new")
@requires(NoticePermission.OBJECTION_ENTER)
def new() -> ResponseReturnValue:
    """Show the form for what came on paper or by phone."""
    return _new_page(EnterObjectionForm())


def _new_page(form: EnterObjectionForm) -> str:
    return render_template("identification/desk_objection_new.html", form=_offered(form))


def _offered(form: EnterObjectionForm) -> EnterObjectionForm:
    places = all_villages(actor())
    lines = running_lines(actor())
    names = place_names(entry.place_code for entry in lines)
    words = [
        (str(entry.id), _("%(place)s, %(name)s", place=names[entry.place_code], name=entry.shown_name))
        for entry in lines
    ]
    return form.offer(places, words)


@blueprint.post("")
@requires(NoticePermission.OBJECTION_ENTER)
def enter() -> ResponseReturnValue:
    """Write down what came on paper or by phone; the page is the receipt."""
    form = _offered(EnterObjectionForm.read())
    if not form.validate():
        return _new_page(form), 422
    try:
        entry = get_entry(actor(), UUID(form.entry.data)) if form.entry.data else None
        filing = Filing(ObjectionKind(form.kind.data), form.told.data, form.name.data, form.contact.data)
        receipt = enter_objection(
            filing,
            actor=actor(),
            channel=Channel(form.channel.data),
            region_code=form.region_code.data,
            notice=get_notice(actor(), entry.notice_id) if entry is not None else None,
            entry=entry,
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _new_page(form), 422
    return render_template("identification/desk_objection_entered.html", receipt=receipt, objection=receipt.objection)


@blueprint.get("/<uuid:objection_id>")
@requires(NoticePermission.OBJECTION_READ)
def show(objection_id: UUID) -> ResponseReturnValue:
    """Show one objection with what may be done now."""
    return _page(queries.get_objection(actor(), objection_id))


def _page(found: Objection, **forms: Any) -> str:
    entry = queries.line_of_objection(found)
    options = objection_workflow.options(found, actor=actor())
    return render_template(
        "identification/desk_objection.html",
        objection=found,
        place=place_name(found.region_code),
        line=line_of(entry) if entry is not None else None,
        entry=entry,
        case_id=found.case_id or (entry.case_id if entry is not None else None),
        allowed={option.name for option in options if option.allowed},
        barred=next((option.why for option in options if not option.allowed), ""),
        accept_form=(forms.get("accept_form") or AcceptForm()).offer(officers_of(found.region_code)),
        refuse_form=(forms.get("refuse_form") or RefuseForm()).offer(),
        finding_form=(forms.get("finding_form") or FindingForm()).offer(),
        reply_form=forms.get("reply_form") or ReplyForm(),
        has_errors=bool(forms),
    )


def _act(objection_id: UUID, name: str, form: Any, act: Callable[[Objection], None], done: str) -> ResponseReturnValue:
    """Validate, act, answer: what all steps of an objection have in common."""
    found = queries.get_objection(actor(), objection_id)
    if not form.validate():
        return _page(found, **{name: form}), 422
    try:
        act(found)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(queries.get_objection(actor(), objection_id), **{name: form}), 422
    flash(done)
    return redirect(url_for(".index"), 303)


@blueprint.post("/<uuid:objection_id>/accept")
@requires(NoticePermission.OBJECTION_HANDLE)
def accept(objection_id: UUID) -> ResponseReturnValue:
    """Take it up, and say whom it is about."""
    form = AcceptForm.read().offer(())

    def act(found: Objection) -> None:
        known = {account for account, _name in officers_of(found.region_code)}
        named = [UUID(account) for account in form.concerns.data or () if account in known]
        services.accept_objection(found, actor=actor(), concerns=named)

    return _act(objection_id, "accept_form", form, act, _("The objection is taken up."))


@blueprint.post("/<uuid:objection_id>/refuse")
@requires(NoticePermission.OBJECTION_HANDLE)
def refuse(objection_id: UUID) -> ResponseReturnValue:
    """Do not take it up, with the reason."""
    form = RefuseForm.read().offer()

    def act(found: Objection) -> None:
        services.refuse_objection(found, actor=actor(), why=Inadmissible(form.why.data), words=form.words.data)

    return _act(objection_id, "refuse_form", form, act, _("The reason is on file and can be read with the receipt."))


@blueprint.post("/<uuid:objection_id>/investigate")
@requires(NoticePermission.OBJECTION_HANDLE)
def investigate(objection_id: UUID) -> ResponseReturnValue:
    """Take it into one's own hands."""
    found = queries.get_objection(actor(), objection_id)
    services.investigate_objection(found, actor=actor())
    flash(_("You look into this. Write down what you find."))
    return redirect(url_for(".show", objection_id=objection_id), 303)


@blueprint.post("/<uuid:objection_id>/decide")
@requires(NoticePermission.OBJECTION_HANDLE)
def decide(objection_id: UUID) -> ResponseReturnValue:
    """Say what was found."""
    form = FindingForm.read().offer()

    def act(found: Objection) -> None:
        services.decide_objection(found, actor=actor(), finding=Finding(form.finding.data), words=form.words.data)

    return _act(objection_id, "finding_form", form, act, _("The finding is on file. Now the reply."))


@blueprint.post("/<uuid:objection_id>/reply")
@requires(NoticePermission.OBJECTION_HANDLE)
def reply(objection_id: UUID) -> ResponseReturnValue:
    """Answer; it is read with the receipt."""
    form = ReplyForm.read()

    def act(found: Objection) -> None:
        services.reply_to_objection(found, actor=actor(), words=form.words.data)

    return _act(objection_id, "reply_form", form, act, _("The reply is on file and can be read with the receipt."))


@blueprint.post("/<uuid:objection_id>/reply-finally")
@requires(NoticePermission.OBJECTION_REVIEW)
def reply_finally(objection_id: UUID) -> ResponseReturnValue:
    """Answer after a second look."""
    form = FindingForm.read().offer()

    def act(found: Objection) -> None:
        services.reply_finally(found, actor=actor(), finding=Finding(form.finding.data), words=form.words.data)

    return _act(objection_id, "finding_form", form, act, _("The reply is on file and can be read with the receipt."))
