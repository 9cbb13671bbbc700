"""What a finding was worked out from, in words: numbers and fields, no code of health, cause or relation."""

from collections.abc import Callable, Mapping
from typing import Any

from core.i18n import LazyString, _, _l
from registry.forms.villages import VillageForm

Rows = list[dict[str, str]]

NUMBERS: dict[str, LazyString] = {
    "size": _l("Size of the household"),
    "heads": _l("Heads"),
    "spouses": _l("Spouses"),
    "age": _l("Age"),
    "members_start": _l("Persons counted at the start of the year"),
    "members_end": _l("Persons counted at the end of the year"),
    "days": _l("Days of the period"),
    "m2_each": _l("Square metres for each person"),
    "registered": _l("Registered in"),
    "planned": _l("Planned year of exit"),
    "troubled": _l("Households with unsafe water or a dilapidated house"),
    "households": _l("Households in all"),
    "on_file": _l("Households on file"),
    "sum": _l("Natural villages without a road"),
    "natural_villages": _l("Natural villages"),
    "places": _l("Digits on file"),
}


def worked_out_from(details: Mapping[str, Any]) -> Rows:
    """Return the rows of a finding's page that say what stands against what."""
    numbers = [(str(words), str(details[name])) for name, words in NUMBERS.items() if name in details]
    told = [(str(LISTS[name][0]), LISTS[name][1](details[name])) for name in LISTS if name in details]
    rows = [*numbers, *_members(details.get("members")), *told]
    return [{"name": name, "value": value} for name, value in rows if value]


def _members(members: Any) -> list[tuple[str, str]]:
    """A number of members is one of the file; several members are those whom it concerns."""
    if isinstance(members, list):
        return [(_("Persons concerned"), str(len(members)))]
    return [] if members is None else [(_("Members on file"), str(members))]


def _years(years: list[int]) -> str:
    return _(", ").join(map(str, years))


def _pairs(pairs: list[list[str]]) -> str:
    form = VillageForm.of([])
    return _(", ").join(
        _("%(part)s is more than %(whole)s", part=form[part].label.text, whole=form[whole].label.text)
        for part, whole in pairs
    )


LISTS: dict[str, tuple[LazyString, Callable[[Any], str]]] = {
    "years": (_l("Years"), _years),
    "pairs": (_l("What is more than its whole"), _pairs),
}
