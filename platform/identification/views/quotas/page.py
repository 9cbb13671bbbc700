"""The desk page of one run, with what was typed."""

from uuid import UUID

from flask import render_template

from core.errors import Refused
from core.http import actor
from core.i18n import _
from core.policy import can
from identification.forms.quotas import DeclineForm, DiscardForm, SettleForm, TransferForm
from identification.models import QuotaRun, RunStage
from identification.policy import QuotaPermission
from identification.queries.quotas import standing, transfers_of
from identification.queries.quotas.comparing import Change, changes
from identification.queries.quotas.listing import published_places_of
from identification.views.quotas import charts
from identification.views.quotas.used import used_part
from identification.views.quotas.words import name_of, places_of_runs, title_of
from identification.workflow import run_workflow, transfer_workflow
from regions.queries import published_places

MOST_PLACES = 2_000
CHANGES_SHOWN = 30


def working_page(
    run: QuotaRun,
    *,
    transfer_form: TransferForm | None = None,
    discard_form: DiscardForm | None = None,
    declining: tuple[UUID, DeclineForm] | None = None,
    settle_form: SettleForm | None = None,
    refusal: Refused | None = None,
) -> str:
    """Return the page; a form that failed stands with its errors."""
    rows = published_places_of(run.id, limit=MOST_PLACES).items
    places = places_of_runs([run]) | published_places(row.code for row in rows)
    compared = changes(run.replaces_id, run.id) if run.replaces_id else []
    above = standing(run.region_code, run.year)
    may_move = run.stage is RunStage.PUBLISHED and can(actor(), QuotaPermission.TRANSFER_ASK, run)
    names = [(row.code, _choice(name_of(row.code, places), row.persons)) for row in rows]
    return render_template(
        "identification/quotas/working.html",
        heading=title_of(run, places),
        run=run,
        options={option.name: option for option in run_workflow.options(run, actor=actor())},
        above=above,
        chart=charts.chart_of(run),
        compared=[(name_of(one.code, places), one) for one in compared if one.by][:CHANGES_SHOWN],
        counts=_counts(compared),
        transfers=[
            (one, {option.name: option for option in transfer_workflow.options(one, actor=actor())})
            for one in transfers_of(run.id)
        ],
        places=places,
        name_of=name_of,
        transfer_form=(transfer_form or TransferForm()).offer(names) if may_move else None,
        discard_form=discard_form or DiscardForm(),
        declining=declining,
        decline_form=DeclineForm,
        used=used_part(run, rows, places, settle_form),
        refusal=refusal,
    )


def _choice(name: str, persons: int) -> str:
    return _("%(place)s, %(persons)s now", place=name, persons=persons)


def _counts(compared: list[Change]) -> dict[str, int]:
    return {
        "more": sum(one.by > 0 for one in compared),
        "fewer": sum(one.by < 0 for one in compared),
        "same": sum(not one.by for one in compared),
    }
