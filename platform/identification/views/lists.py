"""The preliminary list of a village, signed by its committee's head and its team's leader."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotValid
from core.http import actor
from core.i18n import ngettext
from core.policy import requires
from identification.case_policy import CasePermission
from identification.forms.meetings import SignForm
from identification.notice_choices import NoticeStep
from identification.queries.cases import ListedHousehold, listed_households, waiting_lists
from identification.queries.cases.signing import signing_packs
from identification.services.cases import sign_cases
from identification.services.cases.signing import MOST_AT_ONCE
from registry.views.places import place_name, place_names

blueprint = Blueprint("list_desk", __name__, url_prefix="/desk/lists")


@blueprint.get("")
@requires(CasePermission.CASE_READ)
def index() -> ResponseReturnValue:
    """List the villages of my places whose lists wait for signatures."""
    found = waiting_lists(actor())
    names = place_names(row.region_code for row in found)
    return render_template("identification/lists/index.html", rows=found, names=names)


@blueprint.get("/<string(length=12):code>")
@requires(CasePermission.CASE_READ)
def show(code: str) -> ResponseReturnValue:
    """Show the list of a village."""
    return _page(code, listed_households(actor(), code))


def _page(code: str, listed: Sequence[ListedHousehold], form: SignForm | None = None) -> str:
    mine = [line for line in listed if line.is_mine]
    packs = signing_packs(code)
    return render_template(
        "identification/lists/list.html",
        code=code,
        place=place_name(code),
        mine=mine[:MOST_AT_ONCE],
        later=len(mine[MOST_AT_ONCE:]),
        waiting=[line for line in listed if not line.is_mine and not line.is_closed],
        closed=[line for line in listed if line.is_closed],
        notice=f"{packs[0]}/{NoticeStep.FIRST.value}" if packs else "",
        form=form or SignForm(),
    )


@blueprint.post("/<string(length=12):code>")
@requires(CasePermission.CASE_VILLAGE)
def sign(code: str) -> ResponseReturnValue:
    """Sign the ticked households, each with its own record."""
    form = SignForm.read()
    listed_households(actor(), code)  # a village of other places is not there
    try:
        signed, closed = sign_cases(code, form.cases.ids(), actor=actor())
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(code, listed_households(actor(), code), form), 422
    flash(ngettext("You signed %(count)s household.", "You signed %(count)s households.", signed))
    if closed:
        both = ngettext(
            "%(count)s household has both signatures.", "%(count)s households have both signatures.", closed
        )
        flash(both)
    return redirect(url_for(".show", code=code), 303)
