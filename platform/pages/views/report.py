"""Something is wrong: tell us, with a name or without."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.policy import public
from pages.forms import ReportForm
from pages.views.door import blueprint
from supervision.services import open_report


@blueprint.get("/report")
@public
def report() -> ResponseReturnValue:
    """Show the form; `page` says what it is about."""
    return _form(ReportForm.read(page=request.args.get("page", "")[:300]))


@blueprint.post("/report")
@public
def send_report() -> ResponseReturnValue:
    """Take the report and say what happens with it."""
    form = ReportForm.read()
    if not form.validate():
        return _form(form), 422
    try:
        open_report(text=form.text.data, page=form.page.data or "", contact=form.contact.data or "")
    except NotValid as refusal:
        form.refuse(refusal)
        return _form(form), 422
    return redirect(url_for(".report_sent"), 303)


@blueprint.get("/report/sent")
@public
def report_sent() -> str:
    """Say until when somebody looks at it."""
    return render_template("pages/report_sent.html")


def _form(form: ReportForm) -> str:
    return render_template("pages/report.html", form=form)
