"""The county's side: the queue, one donor, and the decisions."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _, label
from core.policy import requires
from donors import services
from donors.cities import city_name
from donors.forms import AppealDecisionForm, QueueForm, ReasonForm, VerifyForm
from donors.identity import IdentityWarning
from donors.models import Donor, DonorStage, EvidenceKind
from donors.policy import DonorPermission
from donors.queries import donors_in_queue, evidence_of, get_donor, namesakes_of, public_name
from donors.views.door import blueprint, missing_words
from donors.workflow import donor_workflow

APPEALS = "appeals"


@blueprint.get("/desk/donors")
@requires(DonorPermission.DONOR_VERIFY)
def queue() -> ResponseReturnValue:
    """List the donors of my county by state, those that wait first."""
    form = QueueForm.read_query()
    tab = form.tab.data or str(DonorStage.SUBMITTED)
    known = {str(stage): stage for stage in DonorStage}
    if tab not in {APPEALS, *known}:
        tab = str(DonorStage.SUBMITTED)
    page = donors_in_queue(actor(), stage=known.get(tab), cursor=form.cursor.data or None)
    tabs = [(str(stage), label(stage)) for stage in DonorStage] + [(APPEALS, _("Appeals"))]
    return render_template("donors/queue.html", page=page, tab=tab, tabs=tabs)


def _page(donor: Donor, **forms: Any) -> str:
    papers = evidence_of(donor)
    kinds = sorted({paper.kind for paper in papers})
    return render_template(
        "donors/check.html",
        donor=donor,
        papers=papers,
        missing=missing_words(donor),
        namesakes=namesakes_of(donor),
        warnings=[label(IdentityWarning(warning)) for warning in donor.warnings],
        city=city_name(donor.city_code),
        public_name=public_name(donor),
        steps={option.name: option for option in donor_workflow.options(donor, actor=actor())},
        verify_form=forms.get("verify") or VerifyForm().offer(kinds),
        reason_form=forms.get("reason") or ReasonForm(),
        appeal_form=forms.get("appeal") or AppealDecisionForm(),
    )


@blueprint.get("/desk/donors/<uuid:donor_id>")
@requires(DonorPermission.DONOR_VERIFY)
def check(donor_id: UUID) -> ResponseReturnValue:
    """Show a donor with its papers and what I may decide."""
    return _page(get_donor(actor(), donor_id))


def _done(donor: Donor, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(".check", donor_id=donor.id), 303)


@blueprint.post("/desk/donors/<uuid:donor_id>/verify")
@requires(DonorPermission.DONOR_VERIFY)
def verify(donor_id: UUID) -> ResponseReturnValue:
    """Verify at a level."""
    donor = get_donor(actor(), donor_id)
    form = VerifyForm.read().offer(sorted({paper.kind for paper in evidence_of(donor)}))
    if not form.validate():
        return _page(donor, verify=form), 422
    seen = [EvidenceKind(kind) for kind in form.evidence_seen.data or ()]
    try:
        services.verify_donor(donor, actor=actor(), level=int(form.level.data), evidence_seen=seen)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(donor, verify=form), 422
    return _done(donor, _("Verified at level %(level)s.", level=donor.level))


@blueprint.post("/desk/donors/<uuid:donor_id>/reject")
@requires(DonorPermission.DONOR_REJECT)
def reject(donor_id: UUID) -> ResponseReturnValue:
    """Do not accept the donor."""
    donor, form = get_donor(actor(), donor_id), ReasonForm.read()
    if not form.validate():
        return _page(donor, reason=form), 422
    services.reject_donor(donor, actor=actor(), reason=form.reason.data)
    return _done(donor, _("Not accepted. The donor sees the reason and may appeal once."))


@blueprint.post("/desk/donors/<uuid:donor_id>/expire")
@requires(DonorPermission.DONOR_EXPIRE)
def expire(donor_id: UUID) -> ResponseReturnValue:
    """End the verification before its time."""
    donor, form = get_donor(actor(), donor_id), ReasonForm.read()
    if not form.validate():
        return _page(donor, reason=form), 422
    services.expire_donor(donor, actor=actor(), reason=form.reason.data)
    return _done(donor, _("The verification has ended. Agreed pledges go on."))


@blueprint.post("/desk/donors/<uuid:donor_id>/blacklist")
@requires(DonorPermission.DONOR_BLACKLIST)
def blacklist(donor_id: UUID) -> ResponseReturnValue:
    """Propose to bar the donor, or bar it as the second person."""
    donor, form = get_donor(actor(), donor_id), ReasonForm.read()
    if not form.validate():
        return _page(donor, reason=form), 422
    services.blacklist_donor(donor, actor=actor(), reason=form.reason.data)
    if donor.stage is DonorStage.BLACKLISTED:
        return _done(donor, _("The donor is barred. Its open offers are released."))
    return _done(donor, _("Proposed. A second officer must decide."))


@blueprint.post("/desk/donors/<uuid:donor_id>/appeal")
@requires(DonorPermission.DONOR_DECIDE_APPEAL)
def hear_appeal(donor_id: UUID) -> ResponseReturnValue:
    """Decide an appeal."""
    donor, form = get_donor(actor(), donor_id), AppealDecisionForm.read()
    if not form.validate():
        return _page(donor, appeal=form), 422
    accepted = form.decision.data == "accept"
    services.decide_appeal(donor, actor=actor(), accepted=accepted, reason=form.reason.data)
    return _done(donor, _("The appeal is decided."))
