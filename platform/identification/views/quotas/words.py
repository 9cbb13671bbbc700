"""Words that several pages about quotas share."""

from collections.abc import Iterable, Mapping

from flask import url_for

from core.i18n import _, label
from identification.models import QuotaRun
from identification.queries.quotas import COUNTRY
from identification.quotas.levels import FactorCode, QuotaLevel
from regions.codes import RegionLevel
from regions.queries import Place, published_places


def name_of(region_code: str, places: Mapping[str, Place]) -> str:
    """Return a place's name as people say it."""
    if region_code == COUNTRY:
        return _("the whole country")
    return places[region_code].said if region_code in places else region_code


def title_of(run: QuotaRun, places: Mapping[str, Place]) -> str:
    """Return the title of a run's pages."""
    return _("Planning numbers of %(place)s, %(year)s", place=name_of(run.region_code, places), year=run.year)


def places_of_runs(runs: Iterable[QuotaRun]) -> dict[str, Place]:
    """Return the places of runs."""
    return published_places(run.region_code for run in runs)


def what_is_counted(level: QuotaLevel) -> str:
    """Return the word for the places of a run, as the head of a column."""
    words = {RegionLevel.PROVINCE: _("Province"), RegionLevel.COUNTY: _("County")}
    return words.get(level.places, _("Village"))


def group_word(level: QuotaLevel) -> str:
    """Return the word for the places that the table is summed up by."""
    return _("Prefecture") if level is QuotaLevel.COUNTIES else _("Township")


def crumbs(run: QuotaRun, places: Mapping[str, Place], *here: str) -> list[dict[str, str]]:
    """Return the way to a page of a run."""
    found = [{"text": _("Planning numbers"), "url": url_for("quotas.index")}]
    if here:
        found.append({"text": title_of(run, places), "url": url_for("quotas.run", run_id=run.id)})
    return found + [{"text": text} for text in here]


def method_words(run: QuotaRun) -> list[str]:
    """Return how the numbers of a run came about, in whole sentences."""
    return [*_OF_LEVEL[run.level](run), *_rounding(run)]


def _rounding(run: QuotaRun) -> list[str]:
    if run.level is QuotaLevel.PROVINCES:
        return []
    if run.method == "webster":
        words = _(
            "Whole persons: each share is divided by one divisor and rounded, halves up; the divisor is the one with "
            "which all persons are given out (Webster)."
        )
    else:
        words = _(
            "Whole persons: each place gets the whole part of its exact share; the persons left over go one each to "
            "the largest remainders (Hamilton). A tie goes to the larger weight, then to the smaller code."
        )
    cap = _("No place gets more persons than live there; what it cannot take is shared among the others.")
    return [words, cap]


def _provinces(run: QuotaRun) -> list[str]:
    return [
        _("A province gets its published number; where its own statistic is larger, that, but at most 10% over it."),
        _("A larger float needs an approval, whose number stands with the province."),
    ]


def _counties(run: QuotaRun) -> list[str]:
    return [_("A county's weight is its registered rural population times its low-income incidence.")]


def _villages(run: QuotaRun) -> list[str]:
    weights = [f"{label(FactorCode(one['code']))} {one['weight']}" for one in run.factors]
    return [
        _("Factors and their weights: %(factors)s.", factors=_("; ").join(weights)),
        _("Each factor is brought to 0 to 1 between the county's least and most; the score is their weighed sum."),
        _("A score whose standard error is more than a quarter of it is drawn towards the mean of its township."),
        _("A village's weight is its registered rural population times its proposed incidence."),
    ]


def _by_score(run: QuotaRun) -> list[str]:
    return [
        _("Every visited household has points on a sheet of 100; fewer points are poorer."),
        _("All households up to the cut-off count in whole; what is left is shared among those with the next points."),
    ]


_OF_LEVEL = {
    QuotaLevel.PROVINCES: _provinces,
    QuotaLevel.COUNTIES: _counties,
    QuotaLevel.VILLAGES: _villages,
    QuotaLevel.VILLAGES_BY_SCORE: _by_score,
}
