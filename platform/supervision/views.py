"""Supervision on the desk: issues as a plain list, and reports from the public."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from needs.queries import get_need
from regions.queries import published_places
from supervision import queries, services
from supervision.forms import AnswerForm, ClosingForm
from supervision.models import Finding, IssueStage, PublicReport, SupervisionIssue
from supervision.policy import SupervisionPermission

blueprint = Blueprint("supervision", __name__)


@blueprint.get("/desk/issues")
@requires(SupervisionPermission.ISSUE_READ)
def issues() -> ResponseReturnValue:
    """List open issues, the most urgent first; closed ones on request."""
    closed = request.args.get("stage") == IssueStage.CLOSED
    stage = IssueStage.CLOSED if closed else IssueStage.OPEN
    page = queries.issues(actor(), stage=stage, cursor=request.args.get("cursor"))
    places = published_places([issue.region_code for issue, _need in page.items])
    return render_template("supervision/issues.html", page=page, places=places, stage=stage)


@blueprint.get("/desk/issues/<uuid:issue_id>")
@requires(SupervisionPermission.ISSUE_READ)
def issue(issue_id: UUID) -> ResponseReturnValue:
    """Show one issue."""
    return _page(queries.get_issue(actor(), issue_id), ClosingForm().offer())


def _page(found: SupervisionIssue, form: ClosingForm) -> str:
    return render_template(
        "supervision/issue.html",
        issue=found,
        need=get_need(actor(), found.need_id),
        may_close=found.stage is IssueStage.OPEN and can(actor(), SupervisionPermission.ISSUE_CLOSE, found),
        form=form,
    )


@blueprint.post("/desk/issues/<uuid:issue_id>/close")
@requires(SupervisionPermission.ISSUE_CLOSE)
def close(issue_id: UUID) -> ResponseReturnValue:
    """Close the issue with a finding."""
    found, form = queries.get_issue(actor(), issue_id), ClosingForm.read().offer()
    if not form.validate():
        return _page(found, form), 422
    finding = Finding(form.finding.data)
    try:
        services.close_issue(found, actor=actor(), finding=finding, words=form.finding_text.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(found, form), 422
    flash(_("The issue is closed."))
    return redirect(url_for(".issues"), 303)


@blueprint.get("/desk/reports")
@requires(SupervisionPermission.REPORT_READ)
def reports() -> ResponseReturnValue:
    """List what the public told us, newest first."""
    answered = request.args.get("answered") == "1"
    page = queries.reports(actor(), answered=answered, cursor=request.args.get("cursor"))
    return render_template("supervision/reports.html", page=page, answered=answered)


@blueprint.get("/desk/reports/<uuid:report_id>")
@requires(SupervisionPermission.REPORT_READ)
def report(report_id: UUID) -> ResponseReturnValue:
    """Show one report."""
    return _report_page(queries.get_report(actor(), report_id), AnswerForm())


def _report_page(found: PublicReport, form: AnswerForm) -> str:
    may_answer = found.answered_at is None and can(actor(), SupervisionPermission.REPORT_ANSWER, found)
    return render_template("supervision/report.html", report=found, form=form, may_answer=may_answer)


@blueprint.post("/desk/reports/<uuid:report_id>/answer")
@requires(SupervisionPermission.REPORT_ANSWER)
def answer(report_id: UUID) -> ResponseReturnValue:
    """Write what was done about it."""
    found, form = queries.get_report(actor(), report_id), AnswerForm.read()
    if not form.validate():
        return _report_page(found, form), 422
    services.answer_report(found, actor=actor(), answer=form.answer.data)
    flash(_("The answer is on file."))
    return redirect(url_for(".reports"), 303)
