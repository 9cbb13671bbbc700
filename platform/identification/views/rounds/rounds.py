"""Rounds: the list, a new one, one with how far its village has come, why households are missing, its end."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.clock import today
from core.errors import NotValid
from core.http import actor
from core.i18n import _
from core.policy import can, requires
from identification.case_choices import RoundStage
from identification.case_packs import pack_labels
from identification.case_policy import CasePermission
from identification.figures.arithmetic import Counts
from identification.forms.rounds import ExplainForm, NewRoundForm
from identification.models import IdentificationRound
from identification.queries.figures.counting import counts_in
from identification.queries.quotas import published_quota
from identification.queries.rounds import coverage_of, get_round, round_rows, stages_of, state_counts, unvoted_in
from identification.services.rounds import close_round, explain_coverage, open_round
from identification.views.figures.exact import alarms_of, facts_of, reasons_of, said_old
from identification.views.figures.words import COLUMNS
from identification.views.quotas.numbers import share
from identification.views.rounds.door import blueprint
from identification.views.rounds.drawing import picture_of
from registry.views.places import place_name, place_names, villages_of


@blueprint.get("/rounds")
@requires(CasePermission.ROUND_READ)
def index() -> ResponseReturnValue:
    """List the rounds of my places, newest first."""
    page = round_rows(actor(), cursor=request.args.get("cursor"))
    return render_template(
        "identification/rounds/index.html",
        page=page,
        names=place_names(row.running.region_code for row in page.items),
        pack_labels=pack_labels,
        percent=share,
        may_open=can(actor(), CasePermission.ROUND_MANAGE),
        may_find=can(actor(), CasePermission.CLUE_FIND),
    )


@blueprint.get("/rounds/new")
@requires(CasePermission.ROUND_MANAGE)
def new() -> ResponseReturnValue:
    """Choose village, rules and year."""
    return _new_page(NewRoundForm(year=today().year))


def _new_page(form: NewRoundForm) -> str:
    return render_template("identification/rounds/new.html", form=form.offer(villages_of(actor())))


@blueprint.post("/rounds")
@requires(CasePermission.ROUND_MANAGE)
def open_new() -> ResponseReturnValue:
    """Open a round."""
    form = NewRoundForm.read().offer(villages_of(actor()))
    if not form.validate():
        return _new_page(form), 422
    try:
        running = open_round(actor=actor(), region_code=form.region_code.data, pack=form.pack.data, year=form.year.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _new_page(form), 422
    flash(_("The round is open. Every household of the village is on its list; reach each of them."))
    return redirect(url_for(".show", round_id=running.id), 303)


@blueprint.get("/rounds/<uuid:round_id>")
@requires(CasePermission.ROUND_READ)
def show(round_id: UUID) -> ResponseReturnValue:
    """Show how far a round has come."""
    return _page(get_round(actor(), round_id))


def title_of(running: IdentificationRound) -> str:
    """Return village, rules and year in one line."""
    return _(
        "%(place)s, %(rules)s, %(year)s",
        place=place_name(running.region_code),
        rules=pack_labels[running.pack],
        year=str(running.year),
    )


def _page(running: IdentificationRound, form: ExplainForm | None = None) -> str:
    coverage = coverage_of(running)
    is_open = running.stage is RoundStage.OPEN
    return render_template(
        "identification/rounds/show.html",
        heading=title_of(running),
        running=running,
        rules=pack_labels[running.pack],
        coverage=coverage,
        reached=share(coverage.share, 1),
        wanted=share(coverage.wanted, 1) if coverage.wanted is not None else "",
        picture=picture_of(state_counts(running)),
        part=lambda count: share(_part(count, coverage.households), 1),
        stages=stages_of(running),
        quota=published_quota(running.region_code, running.year) if running.quota_run_id else None,
        unvoted=unvoted_in(running),
        **_figures(running),
        may_manage=is_open and can(actor(), CasePermission.ROUND_MANAGE, running),
        may_reach=is_open and can(actor(), CasePermission.FRAME_CONTACT, running),
        may_find=can(actor(), CasePermission.CLUE_FIND, running),
        may_open_case=is_open and can(actor(), CasePermission.CASE_OPEN, running),
        explain_form=form or ExplainForm(reason=running.uncovered_reason),
        has_errors=form is not None,
    )


def _figures(running: IdentificationRound) -> dict[str, Any]:
    found = counts_in(running.region_code, running.pack, running.year).get(running.region_code)
    counts = found or Counts(0)
    return {
        "figures": facts_of(counts, COLUMNS),
        "alarms": alarms_of(running.region_code, running.pack, counts),
        "beside_old": said_old(counts),
        "reasons": reasons_of(counts),
    }


def _part(count: int, households: int) -> Fraction:
    return Fraction(count, households) if households else Fraction(0)


@blueprint.post("/rounds/<uuid:round_id>/explain")
@requires(CasePermission.ROUND_MANAGE)
def explain(round_id: UUID) -> ResponseReturnValue:
    """Write why households were not reached."""
    running, form = get_round(actor(), round_id), ExplainForm.read()
    if not form.validate():
        return _page(running, form), 422
    try:
        explain_coverage(running, actor=actor(), words=form.reason.data)
    except NotValid as refusal:
        form.refuse(refusal)
        return _page(get_round(actor(), round_id), form), 422
    flash(_("Written down. The first notice may hang, and the reason stands beside the figures."))
    return redirect(url_for(".show", round_id=round_id), 303)


@blueprint.post("/rounds/<uuid:round_id>/close")
@requires(CasePermission.ROUND_MANAGE)
def close(round_id: UUID) -> ResponseReturnValue:
    """End the round."""
    close_round(get_round(actor(), round_id), actor=actor())
    flash(_("The round is closed. Its figures compare with the old register from now on."))
    return redirect(url_for(".show", round_id=round_id), 303)
