"""Answers that others enter: read out over the phone, found in the box; and the county's calls back."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid, Refused
from core.http import actor, client_address
from core.i18n import _, label
from core.policy import requires
from pledges import queries, services
from pledges.choices import CallBack, Channel, Flag, Outcome
from pledges.forms import CallBackForm, EnteredAnswerForm, PaperAnswerForm
from pledges.policy import PledgePermission
from pledges.views.door import blueprint


@blueprint.get("/desk/answers/phone")
@requires(PledgePermission.CONFIRMATION_ENTER_PHONE)
def phone_answer() -> ResponseReturnValue:
    """Show the form for an answer over the county's phone line."""
    return _page(EnteredAnswerForm().offer(), Channel.PHONE)


@blueprint.get("/desk/answers/paper")
@requires(PledgePermission.CONFIRMATION_ENTER_PAPER)
def paper_answer() -> ResponseReturnValue:
    """Show the form for a slip from the box."""
    return _page(PaperAnswerForm().offer(), Channel.PAPER)


@blueprint.get("/desk/answers/witness")
@requires(PledgePermission.CONFIRMATION_WITNESS)
def witness_answer() -> ResponseReturnValue:
    """Show the form for an answer that I witness."""
    return _page(EnteredAnswerForm().offer(), Channel.WITNESS)


def _page(form: EnteredAnswerForm, channel: Channel) -> str:
    return render_template("pledges/enter_answer.html", form=form, channel=channel)


@blueprint.post("/desk/answers/phone")
@requires(PledgePermission.CONFIRMATION_ENTER_PHONE)
def enter_phone_answer() -> ResponseReturnValue:
    """Record an answer over the phone line."""
    return _enter(EnteredAnswerForm.read().offer(), Channel.PHONE)


@blueprint.post("/desk/answers/paper")
@requires(PledgePermission.CONFIRMATION_ENTER_PAPER)
def enter_paper_answer() -> ResponseReturnValue:
    """Record a slip that two people took out of the box."""
    return _enter(PaperAnswerForm.read().offer(), Channel.PAPER)


@blueprint.post("/desk/answers/witness")
@requires(PledgePermission.CONFIRMATION_WITNESS)
def enter_witness_answer() -> ResponseReturnValue:
    """Record an answer that I witness."""
    return _enter(EnteredAnswerForm.read().offer(), Channel.WITNESS)


def _enter(form: EnteredAnswerForm, channel: Channel) -> ResponseReturnValue:
    if not form.validate():
        return _page(form, channel), 422
    try:
        services.answer(
            form.code.data,
            pin=form.pin.data or "",
            outcome=Outcome(form.outcome.data),
            actor=actor(),
            address=client_address(),
            channel=channel,
            **_words(form),
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(form, channel), 422
    except Refused as refusal:
        if refusal.status not in {404, 409, 410, 422}:
            raise
        (form.pin if refusal.code == "wrong_pin" else form.code).errors = [str(refusal.detail)]
        return _page(form, channel), 422
    flash(_("The answer is on file, with the way it came."))
    return redirect(request.path, 303)


def _words(form: EnteredAnswerForm) -> dict[str, Any]:
    words: dict[str, Any] = {"quantity": form.quantity.data, "comment": form.comment.data or ""}
    if isinstance(form, PaperAnswerForm):
        words |= {"second_opener": form.second_opener.data, "posted_on": form.posted_on.data}
    return words


@blueprint.get("/desk/call-backs")
@requires(PledgePermission.CONFIRMATION_CALL_BACK)
def call_backs() -> ResponseReturnValue:
    """List answers that were drawn or flagged, oldest first, and households that did not answer."""
    return _call_page(None, CallBackForm().offer())


def _call_page(chosen: UUID | None, form: CallBackForm) -> str:
    return render_template(
        "pledges/call_backs.html",
        rows=queries.call_backs(actor()),
        silent=queries.silent_households(actor()),
        chosen=chosen,
        form=form,
        flag_words=lambda flag: label(Flag(flag)),
        call_back_choices=[{"value": found.value, "label": label(found)} for found in CallBack],
    )


@blueprint.post("/desk/call-backs/<uuid:confirmation_id>")
@requires(PledgePermission.CONFIRMATION_CALL_BACK)
def call_back(confirmation_id: UUID) -> ResponseReturnValue:
    """Record what the household said when it was called back."""
    confirmation, form = queries.get_confirmation(actor(), confirmation_id), CallBackForm.read().offer()
    if not form.validate():
        return _call_page(confirmation_id, form), 422
    services.record_call_back(confirmation, actor=actor(), found=CallBack(form.found.data))
    flash(_("The call is on file."))
    return redirect(url_for(".call_backs"), 303)
