"""The village sheet: standard green lines, approved together."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import ngettext
from core.policy import requires
from needs.forms import SheetForm
from needs.models import Need
from needs.policy import NeedPermission
from needs.queries import sheet_lines
from needs.services import approve_sheet
from needs.views.door import blueprint
from needs.views.places import place_name
from needs.views.rows import qty
from registry.services import open_village


def _form(lines: list[Need]) -> SheetForm:
    form = SheetForm.read()
    form.need_ids.choices = [(str(line.id), f"{line.title}, {qty(line.quantity, line.unit)}") for line in lines]
    return form


def _lines(code: str) -> list[Need]:
    """Return the lines of a village of one's own; another one is not there."""
    open_village(code, actor=actor())
    return sheet_lines(actor(), code)


def _page(code: str, lines: list[Need], form: SheetForm) -> str:
    return render_template("needs/sheet.html", code=code, place=place_name(code), lines=lines, form=form)


@blueprint.get("/villages/<string(length=12):code>/sheet")
@requires(NeedPermission.NEED_APPROVE)
def sheet(code: str) -> ResponseReturnValue:
    """Show the lines that may be approved together; none is ticked beforehand."""
    lines = _lines(code)
    return _page(code, lines, _form(lines))


@blueprint.post("/villages/<string(length=12):code>/sheet")
@requires(NeedPermission.NEED_APPROVE)
def approve_lines(code: str) -> ResponseReturnValue:
    """Approve the ticked lines; a tenth of them is drawn for another visit."""
    lines = _lines(code)
    form = _form(lines)
    if not form.validate():
        return _page(code, lines, form), 422
    try:
        done = approve_sheet(code, actor=actor(), need_ids=[UUID(value) for value in form.need_ids.data])
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(code, lines, form), 422
    flash(
        ngettext(
            "%(count)s line is public now. Drawn for another visit: %(drawn)s.",
            "%(count)s lines are public now. Drawn for another visit: %(drawn)s.",
            done.lines,
            drawn=done.drawn,
        )
    )
    return redirect(url_for(".sheet", code=code))
