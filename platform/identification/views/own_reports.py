"""A villager says of his own accord what happened, and asks how far it has come: no account, all year round."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.services.throttle import attempt_succeeded, begin_attempt
from core.clock import local_day
from core.errors import NotValid
from core.http import client_address
from core.i18n import _, _l
from core.policy import nameless, public
from identification.forms.public import OwnReportForm, ReceiptForm
from identification.models import IdentificationCase
from identification.models.objections import Objection
from identification.models.own_reports import OwnReport
from identification.objection_choices import ObjectionStage
from identification.queries.own_reports import opened_by, receipt
from identification.queries.ready_cases import standing_of
from identification.services.objections import ask_second_look
from identification.services.own_reports import Telling, file_own_report
from identification.views.village_choice import choosing_village, chosen_village
from registry.views.places import place_name

blueprint = Blueprint("own_reports", __name__)
NOT_FOUND = _l("There is nothing under this number and this phone number or code. Look at the receipt again.")


@blueprint.after_request
def keep_out_of_searches(response: Response) -> Response:
    """Nothing that somebody asks for here belongs into a search engine."""
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


@blueprint.get("/own-reports")
@public
def new() -> ResponseReturnValue:
    """Show the form; first the village is chosen."""
    village = chosen_village()
    if village is None:
        return choosing_village("own_reports.new", _("My household is in difficulty: which village?"))
    return _form(village, OwnReportForm())


@blueprint.post("/own-reports")
@nameless
@public
def send() -> ResponseReturnValue:
    """Take what was said; it is a case from this moment, and the page is its receipt."""
    village, form = chosen_village(), OwnReportForm.read().offer()
    if village is None:
        return choosing_village("own_reports.new", _("My household is in difficulty: which village?")), 422
    if not form.validate():
        return _form(village, form), 422
    begin_attempt("own-report", address=client_address(), purpose="own-report")
    try:
        report = file_own_report(telling_of(form), region_code=village)
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(village, form), 422
    return render_template(
        "identification/own_report_received.html", receipt=receipt(report), place=place_name(village)
    )


def telling_of(form: OwnReportForm) -> Telling:
    """Return what the form says."""
    return Telling(
        name=form.name.data,
        told=form.told.data,
        phone=form.phone.data,
        paper_code=form.paper_code.data,
        for_another=form.for_another.data == "yes",
        teller_name=form.teller_name.data,
    )


def _form(village: str, form: OwnReportForm) -> str:
    return render_template(
        "identification/own_report.html",
        form=form.offer(),
        place=place_name(village),
        action=url_for("own_reports.send", village=village),
    )


@blueprint.get("/my-case")
@public
def ask() -> ResponseReturnValue:
    """Ask for the number of a receipt and what opens it."""
    form = ReceiptForm()
    form.receipt_no.data = request.args.get("number", "")[:20]
    return render_template("identification/my_case.html", form=form)


@blueprint.post("/my-case")
@nameless
@public
def answer() -> ResponseReturnValue:
    """Say how far it has come. A wrong number and a wrong key get the same answer."""
    form = ReceiptForm.read()
    if not form.validate():
        return render_template("identification/my_case.html", form=form), 422
    found = _opened(form)
    if found is None:
        form.form_errors.append(str(NOT_FOUND))
        return render_template("identification/my_case.html", form=form), 422
    if isinstance(found, Objection):
        return _objection_page(found, form)
    return _case_page(found)


def _case_page(found: OwnReport | IdentificationCase) -> str:
    """Show how far it has come; what an officer wrote down has no day of its own by which it is taken up."""
    if isinstance(found, OwnReport):
        case_id, told_on, due_on = found.case_id, local_day(found.told_at), found.due_on
    else:
        case_id, told_on, due_on = found.id, found.entered_on, None
    return render_template(
        "identification/my_case_found.html",
        receipt_no=found.receipt_no,
        village=found.region_code,
        place=place_name(found.region_code),
        told_on=told_on,
        due_on=due_on,
        standing=standing_of(case_id),
    )


def _opened(form: ReceiptForm) -> OwnReport | Objection | IdentificationCase | None:
    number = form.receipt_no.data
    attempt = begin_attempt(number, address=client_address(), purpose="receipt")
    found = opened_by(number, form.key.data)
    if found is not None:
        attempt_succeeded(attempt)
    return found


def _objection_page(found: Objection, form: ReceiptForm) -> str:
    may_ask = found.stage in (ObjectionStage.REPLIED, ObjectionStage.NOT_ADMISSIBLE)
    return render_template("identification/my_objection.html", objection=found, form=form, may_ask=may_ask)


@blueprint.post("/my-case/second-look")
@nameless
@public
def second_look() -> ResponseReturnValue:
    """Ask for a second look at an objection that was answered."""
    form = ReceiptForm.read()
    found = _opened(form) if form.validate() else None
    if not isinstance(found, Objection):
        form.form_errors.append(str(NOT_FOUND))
        return render_template("identification/my_case.html", form=form), 422
    ask_second_look(found)
    return _objection_page(found, form)
