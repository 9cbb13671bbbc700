"""How one place's number came about, step by step."""

from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.http import actor
from core.i18n import _, label
from core.policy import can, public
from identification.models import QuotaRun, TransferStage
from identification.policy import QuotaPermission
from identification.queries.quotas import (
    lines_of,
    moved_in,
    published_run,
    settlement_of,
    task_of,
    township_pool,
    transfers_of,
)
from identification.quotas.explaining import FactorStep, Story, story_of
from identification.quotas.levels import FactorCode
from identification.quotas.poverty_scores import LEAST_SAMPLE
from identification.services.quotas.handing_out import is_shown
from identification.views.quotas.charts import chart_of_factors
from identification.views.quotas.door import open_blueprint
from identification.views.quotas.numbers import exact, root, share, short
from identification.views.quotas.words import crumbs, name_of, places_of_runs, title_of
from regions.codes import is_code
from regions.queries import published_places


@open_blueprint.get("/runs/<uuid:run_id>/places/<string:code>")
@public
def place(run_id: UUID, code: str) -> ResponseReturnValue:
    """Tell how the number of a village, county or province came about."""
    run = published_run(run_id, actor())
    story = _story(run, code)
    places = places_of_runs([run]) | published_places([code])
    moves = [one for one in transfers_of(run.id, TransferStage.AGREED) if code in (one.from_code, one.to_code)]
    name, shown = name_of(code, places), is_shown(story.line) or can(actor(), QuotaPermission.QUOTA_READ, run)
    return render_template(
        "identification/quotas/place.html",
        heading=_("%(place)s: how this number came about", place=name),
        crumbs=crumbs(run, places, name),
        run=run,
        run_title=title_of(run, places),
        story=story,
        shown=shown,
        chart=chart_of_factors(story.scored.factors) if story.scored and shown else None,
        factor_rows=factor_rows(story.scored.factors) if story.scored else [],
        moves=moves,
        names=published_places(end for one in moves for end in (one.from_code, one.to_code)),
        name_of=name_of,
        persons=story.line.quota + moved_in(run.id).get(code, 0),
        settlement=settlement_of(run.id, code),
        pool=township_pool(run.id, story.line.inputs.get("township", "")),
        least_sample=LEAST_SAMPLE,
        short=short,
        exact=exact,
        share=share,
        root=root,
        both=both,
    )


def _story(run: QuotaRun, code: str) -> Story:
    if not is_code(code):
        raise NotFound
    try:
        return story_of(task_of(run), lines_of(run.id), code)
    except KeyError as error:
        raise NotFound from error


def both(value: Fraction, places: int = 4) -> str:
    """Return a short decimal, and the fraction itself where it says more and is short."""
    fraction = exact(value)
    return f"{short(value, places)} ({fraction})" if fraction else short(value, places)


def factor_rows(factors: list[FactorStep]) -> list[list[Any]]:
    """Return the table of the factors."""
    return [
        [
            label(FactorCode(one.code)),
            f"{short(one.mean, 6)} ± {short(one.error, 6)}",
            f"{short(one.least, 6)} – {short(one.most, 6)}",
            _("more is poorer") if one.poorer_with_more else _("less is poorer"),
            both(one.placed),
            short(one.weight, 6),
            both(one.part),
        ]
        for one in factors
    ]
