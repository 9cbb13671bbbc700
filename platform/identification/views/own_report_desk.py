"""Officers read what people said of their own accord, write down what was said by phone, and print codes."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from core.print import print_pdf
from core.settings import current
from identification.forms.desk import EnterOwnReportForm, VillageForm
from identification.notice_policy import NoticePermission
from identification.objection_choices import Channel
from identification.queries import own_reports as queries
from identification.queries.cases import find_case
from identification.queries.ready_cases import standing_of
from identification.services.own_reports import enter_own_report, make_paper_codes
from identification.views.desk_places import all_villages
from identification.views.own_reports import telling_of
from registry.views.places import place_name, place_names

blueprint = Blueprint("own_report_desk", __name__, url_prefix="/desk")


@blueprint.get("/own-reports")
@requires(NoticePermission.OWN_REPORT_READ)
def index() -> ResponseReturnValue:
    """List what people of my places said, newest first."""
    page = queries.own_reports(actor(), cursor=request.args.get("cursor"))
    return render_template(
        "identification/desk_own_reports.html",
        page=page,
        names=place_names(row.region_code for row in page.items),
        may_enter=can(actor(), NoticePermission.OWN_REPORT_ENTER),
        may_print=can(actor(), NoticePermission.PAPER_CODE_PRINT),
    )


@blueprint.get("/own-reports/<uuid:report_id>")
@requires(NoticePermission.OWN_REPORT_READ)
def show(report_id: UUID) -> ResponseReturnValue:
    """Show what somebody said, and how far its case is."""
    found = queries.get_own_report(actor(), report_id)
    return render_template(
        "identification/desk_own_report.html",
        report=found,
        case=find_case(found.case_id),
        place=place_name(found.region_code),
        standing=standing_of(found.case_id),
    )


@blueprint.get("/own-reports/new")
@requires(NoticePermission.OWN_REPORT_ENTER)
def new() -> ResponseReturnValue:
    """Show the form for what was said by phone or on paper."""
    return _page(EnterOwnReportForm())


def _page(form: EnterOwnReportForm) -> str:
    return render_template("identification/desk_own_report_new.html", form=form.offer_all(all_villages(actor())))


@blueprint.post("/own-reports")
@requires(NoticePermission.OWN_REPORT_ENTER)
def enter() -> ResponseReturnValue:
    """Write it down; the page is the receipt to read out or print."""
    form = EnterOwnReportForm.read().offer_all(all_villages(actor()))
    if not form.validate():
        return _page(form), 422
    village = form.region_code.data
    try:
        report = enter_own_report(
            telling_of(form), actor=actor(), channel=Channel(form.channel.data), region_code=village
        )
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return render_template(
        "identification/own_report_received.html", receipt=queries.receipt(report), place=place_name(village)
    )


@blueprint.get("/paper-codes")
@requires(NoticePermission.PAPER_CODE_PRINT)
def paper_codes() -> ResponseReturnValue:
    """Choose the village for which codes are printed."""
    return render_template(
        "identification/desk_paper_codes.html", form=VillageForm.read_query().offer(all_villages(actor()))
    )


@blueprint.post("/paper-codes")
@requires(NoticePermission.PAPER_CODE_PRINT)
def print_codes() -> ResponseReturnValue:
    """Make one sheet of codes and return its print."""
    form = VillageForm.read().offer(all_villages(actor()))
    if not form.validate():
        return render_template("identification/desk_paper_codes.html", form=form), 422
    sheet = make_paper_codes(actor=actor(), region_code=form.region_code.data)
    code, digits = queries.unused_codes(actor(), sheet)
    pdf = print_pdf("identification/print/paper_codes.typ", _values(code, digits))
    return send_file(BytesIO(pdf), mimetype="application/pdf", download_name="codes.pdf")


def _values(region_code: str, digits: list[str]) -> dict[str, object]:
    return {
        "title": _("Asking how far your matter has come, without a phone"),
        "place": place_name(region_code),
        "words": _("Write this code when you tell the village or the county about your household. Keep it."),
        "how": _("Later, with the receipt number and this code: %(address)s", address=f"{current().base_url}/my-case"),
        "phone": _("Or phone %(phone)s", phone=current().supervision_phone) if current().supervision_phone else "",
        "codes": [f"{code[:3]} {code[3:6]} {code[6:]}" for code in digits],
    }
