"""The desk of who computes: all runs of one's places, a new run from a file, the file to begin with."""

import csv
import io
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound, NotValid, Refused
from core.http import actor
from core.i18n import _, label
from core.policy import Actor, can, requires
from identification.forms.quotas import NewRunForm, WeightsForm
from identification.policy import QuotaPermission
from identification.queries.quotas import COUNTRY, levels_of, places_of, standing
from identification.queries.quotas.listing import runs_in_scope, waiting_transfers
from identification.quotas.apportionment import Method
from identification.quotas.columns import column_word, columns
from identification.quotas.input_files import WrongCells
from identification.quotas.levels import FactorCode, QuotaLevel
from identification.services.quotas import Order, decoded
from identification.services.quotas.ordering import checked_weights, compute_from_text
from identification.views.quotas.door import desk_blueprint
from identification.views.quotas.words import name_of, places_of_runs
from regions.queries import Place, find_published_region, published_places, published_search

LONGEST_SHOWN = 200_000
FOUND = 8
USUAL_YEAR = 2014


class Target:
    """The place whose number is split, and how; the nation has no row in the register."""

    def __init__(self, region_code: str, level: str) -> None:
        self.place: Place | None = None if region_code == COUNTRY else find_published_region(region_code)
        if self.place is None and region_code != COUNTRY:
            raise NotFound
        self.region_code = self.place.code if self.place else COUNTRY
        self.levels = levels_of(self.place.level if self.place else None)
        if not self.levels or not can(actor(), QuotaPermission.QUOTA_COMPUTE, self):
            raise NotFound
        known = {one.value: one for one in self.levels}
        self.level = known.get(level, self.levels[0])

    @property
    def name(self) -> str:
        return name_of(self.region_code, {self.place.code: self.place} if self.place else {})


@desk_blueprint.get("/quotas")
@requires(QuotaPermission.QUOTA_READ)
def index() -> ResponseReturnValue:
    """List the runs of one's places, and the transfers that wait."""
    page, waiting = runs_in_scope(actor(), cursor=request.args.get("cursor")), waiting_transfers(actor())
    places = places_of_runs(page.items) | published_places(
        code for one in waiting for code in (one.from_code, one.to_code)
    )
    return render_template(
        "identification/quotas/desk.html",
        page=page,
        waiting=waiting,
        rows=[(run, name_of(run.region_code, places), url_for(".working", run_id=run.id)) for run in page.items],
        places=places,
        name_of=name_of,
        may_compute=can(actor(), QuotaPermission.QUOTA_COMPUTE),
        next_url=url_for(".index", cursor=page.next) if page.next else None,
    )


def usual_place(who: Actor) -> str:
    """Return the widest place for which somebody computes."""
    codes = [grant.lo for grant in who.grants if grant.lo and can(who, QuotaPermission.QUOTA_COMPUTE, _At(grant.lo))]
    if not codes:
        raise NotFound
    return min(codes)


class _At:
    def __init__(self, region_code: str) -> None:
        self.region_code = region_code


@desk_blueprint.get("/quotas/new")
@requires(QuotaPermission.QUOTA_COMPUTE)
def new() -> ResponseReturnValue:
    """Ask for the numbers of a place."""
    target = Target(request.args.get("region", "") or usual_place(actor()), request.args.get("level", ""))
    given = standing(target.region_code, USUAL_YEAR)
    form = NewRunForm(year=USUAL_YEAR, total=given.persons if given else None).offer()
    return _page(target, form, WeightsForm())


@desk_blueprint.post("/quotas/new")
@requires(QuotaPermission.QUOTA_COMPUTE)
def compute() -> ResponseReturnValue:
    """Read the file, compute and keep the run; or show every mistake with what was typed."""
    form, weights = NewRunForm.read().offer(), WeightsForm.read()
    target = Target(form.region_code.data or "", form.level.data or "")
    form.validate()
    text, wrong = _text(form)
    if form.errors or wrong:
        return _page(target, form, weights, text=text, wrong=wrong), 422
    try:
        run = compute_from_text(_order(target, form, weights), text, actor=actor())
    except WrongCells as refusal:
        return _page(target, form, weights, text=text, wrong=refusal.wrong), 422
    except NotValid as refusal:
        return _refused(target, form, weights, text, refusal), 422
    except Refused as refusal:
        return _refused(target, form, weights, text, NotValid({"total": [refusal.detail]})), 422
    return redirect(url_for(".working", run_id=run.id), 303)


def _order(target: Target, form: NewRunForm, weights: WeightsForm) -> Order:
    return Order(
        region_code=target.region_code,
        level=target.level,
        year=form.year.data,
        total=form.total.data or 0,
        method=Method(form.method.data),
        weights=checked_weights(target.level, weights.given),
        source=form.file.data.filename or "" if form.file.data else "",
    )


def _text(form: NewRunForm) -> tuple[str, list[Any]]:
    """Return the text of the file, or what was typed; and what is wrong with it."""
    if form.file.data and form.file.data.filename:
        try:
            return decoded(form.file.data.read()), []
        except WrongCells as refusal:
            return "", refusal.wrong
    text = (form.text.data or "").strip()
    if not text:
        form.file.errors = [_("Choose a file, or paste its lines below.")]
    return text, []


def _refused(target: Target, form: NewRunForm, weights: WeightsForm, text: str, refusal: NotValid) -> str:
    form.refuse(refusal)
    for name, messages in refusal.errors.items():
        if name in weights:
            weights[name].errors = [str(message) for message in messages]
    return _page(target, form, weights, text=text)


def _page(target: Target, form: NewRunForm, weights: WeightsForm, *, text: str = "", wrong: Any = ()) -> str:
    form.region_code.data, form.level.data = target.region_code, target.level.value
    form.text.data = text if len(text) <= LONGEST_SHOWN else ""
    words = request.args.get("q", "").strip()
    factors = list(FactorCode) if target.level is QuotaLevel.VILLAGES else []
    return render_template(
        "identification/quotas/new.html",
        target=target,
        form=form,
        weights=weights.named(),
        wrong=[(error.line, column_word(error.column) if error.column else "", error.message) for error in wrong],
        levels=_tabs(target),
        columns=[(name, column_word(name)) for name in columns(target.level, factors[:1])],
        words=words,
        found=[one for one in _found(words) if levels_of(one.level)],
        template_url=url_for(".template", region=target.region_code, level=target.level.value),
    )


def _tabs(target: Target) -> list[dict[str, object]]:
    return [
        {
            "url": url_for(".new", region=target.region_code, level=one.value),
            "text": label(one),
            "current": one is target.level,
        }
        for one in target.levels
    ]


def _found(words: str) -> list[Place]:
    return published_search(words, within=actor().ranges, limit=FOUND) if words else []


@desk_blueprint.get("/quotas/template.csv")
@requires(QuotaPermission.QUOTA_COMPUTE)
def template() -> ResponseReturnValue:
    """Hand out a file to fill in: the columns in words, one line for each place."""
    target = Target(request.args.get("region", "") or usual_place(actor()), request.args.get("level", ""))
    factors = list(FactorCode) if target.level is QuotaLevel.VILLAGES else []
    names = columns(target.level, factors)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column_word("code"), _("Name"), *map(column_word, names[1:])])
    writer.writerows([place.code, place.name] for place in places_of(target.region_code, target.level).values())
    response = Response("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{target.region_code}-{target.level}.csv"'
    return response
