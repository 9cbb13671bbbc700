"""A donor's own page on the desk: state, what is missing, papers, phone, contact, appeal."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from accounts.services.throttle import attempt_succeeded, begin_attempt
from core.errors import NotFound, NotValid, Refused
from core.files import read_file
from core.http import actor, client_address
from core.i18n import _
from core.policy import requires
from donors import services
from donors.forms import ContactForm, EvidenceForm, PhoneProofForm, ReasonForm
from donors.models import Donor, EvidenceKind
from donors.policy import DonorPermission
from donors.queries import evidence_of, get_donor, get_evidence, public_name
from donors.services import Contact
from donors.services.registering import is_open_for_papers
from donors.views.door import blueprint, missing_words
from donors.workflow import donor_workflow


def _donor() -> Donor:
    donor_id = actor().donor_id
    if donor_id is None:
        raise NotFound
    return get_donor(actor(), donor_id)


def _page(donor: Donor, **forms: Any) -> str:
    papers = evidence_of(donor)
    return render_template(
        "donors/own.html",
        donor=donor,
        missing=missing_words(donor),
        papers=papers,
        spare_papers=[paper.id for paper in papers if not services.is_rested_on(paper, donor)],
        papers_open=is_open_for_papers(donor),
        public_name=public_name(donor),
        workflow=donor_workflow,
        contact_form=forms.get("contact") or ContactForm(obj=donor),
        evidence_form=forms.get("evidence") or EvidenceForm().offer(),
        phone_form=forms.get("phone") or PhoneProofForm(),
        reason_form=forms.get("reason") or ReasonForm(),
    )


def _done(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(".own"), 303)


@blueprint.get("/desk/donor")
@requires(DonorPermission.DONOR_READ)
def own() -> ResponseReturnValue:
    """Show my donor's state and what is missing."""
    return _page(_donor())


@blueprint.post("/desk/donor/contact")
@requires(DonorPermission.DONOR_CHANGE)
def contact() -> ResponseReturnValue:
    """Change how we are reached and whether we are named."""
    donor, form = _donor(), ContactForm.read()
    if not form.validate():
        return _page(donor, contact=form), 422
    wanted = Contact(
        contact_name=form.contact_name.data,
        contact_phone=form.contact_phone.data,
        contact_email=form.contact_email.data or "",
        named_publicly=form.named_publicly.data,
    )
    try:
        services.change_contact(donor, wanted, actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(donor, contact=form), 422
    return _done(_("Your details are changed."))


@blueprint.post("/desk/donor/evidence")
@requires(DonorPermission.DONOR_CHANGE)
def add_paper() -> ResponseReturnValue:
    """Add a paper."""
    donor, form = _donor(), EvidenceForm.read().offer()
    content = form.file.data.read() if form.file.data else b""
    if not content:
        form.validate()
        form.file.errors = [_("Choose a file.")]
        return _page(donor, evidence=form), 422
    if not form.validate():
        return _page(donor, evidence=form), 422
    try:
        services.add_evidence(donor, content, kind=EvidenceKind(form.kind.data), actor=actor())
    except NotValid as refusal:
        form.file.errors = [str(words) for found in refusal.errors.values() for words in found]
        return _page(donor, evidence=form), 422
    return _done(_("The paper is kept."))


@blueprint.post("/desk/donor/evidence/<uuid:evidence_id>/remove")
@requires(DonorPermission.DONOR_CHANGE)
def remove_paper(evidence_id: UUID) -> ResponseReturnValue:
    """Take a paper out."""
    evidence = get_evidence(actor(), evidence_id)
    services.remove_evidence(evidence, get_donor(actor(), evidence.donor_id), actor=actor())
    return _done(_("The paper is taken out."))


@blueprint.get("/desk/donor-papers/<uuid:evidence_id>")
@requires(DonorPermission.DONOR_READ)
def paper(evidence_id: UUID) -> ResponseReturnValue:
    """Give the paper to the donor itself or to the county that checks it."""
    stored, content = read_file(get_evidence(actor(), evidence_id).file_id)
    suffix = "pdf" if stored.kind == "pdf" else "jpg"
    headers = {"Content-Disposition": f'inline; filename="{evidence_id}.{suffix}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=stored.mime, headers=headers)


@blueprint.post("/desk/donor/phone-codes")
@requires(DonorPermission.DONOR_CHANGE)
def ask_for_code() -> ResponseReturnValue:
    """Send a code to our phone."""
    services.send_phone_code(_donor(), actor=actor())
    return _done(_("A code is on its way to your phone. It works for 10 minutes."))


@blueprint.post("/desk/donor/phone-proofs")
@requires(DonorPermission.DONOR_CHANGE)
def prove_phone() -> ResponseReturnValue:
    """Prove the phone number."""
    donor, form = _donor(), PhoneProofForm.read()
    attempt = begin_attempt(str(donor.id), address=client_address(), purpose="phone-code")
    if not form.validate():
        return _page(donor, phone=form), 422
    try:
        services.prove_phone(donor, form.code.data, actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(donor, phone=form), 422
    attempt_succeeded(attempt)
    return _done(_("Your phone number is proven."))


@blueprint.post("/desk/donor/submit")
@requires(DonorPermission.DONOR_SUBMIT)
def submit() -> ResponseReturnValue:
    """Hand in for checking."""
    donor = _donor()
    try:
        services.submit_donor(donor, actor=actor())
    except Refused as refusal:
        if refusal.code != "evidence_missing":
            raise
        flash(str(refusal.detail))
        return _page(donor), 409
    return _done(_("Handed in. The county checks your papers."))


@blueprint.post("/desk/donor/appeal")
@requires(DonorPermission.DONOR_APPEAL)
def appeal() -> ResponseReturnValue:
    """Appeal against a decision."""
    donor, form = _donor(), ReasonForm.read()
    if not form.validate():
        return _page(donor, reason=form), 422
    services.appeal(donor, actor=actor(), reason=form.reason.data)
    return _done(_("Your appeal is open. Another officer decides it."))
