"""The list's query and its counts, as one writes them with Django's mapper."""

from collections import Counter
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import QueryDict

from benchmarks.django_reference.models import CounterRun, NeedBalance, NeedCounter, Region, VillageShare

PAGE = 20
PLACES = {2: "province_code", 4: "prefecture_code", 6: "county_code", 9: "township_code", 12: "place"}
TABS = {
    "": ("open", "partly_held"),
    "fully_held": ("fully_held",),
    "delivered": ("delivered",),
    "fulfilled": ("fulfilled",),
}


def short(code: str) -> str:
    """Return a code without its empty last segments."""
    return next((code[:length] for length in PLACES if not code[length:].strip("0")), code)


def needs(asked: QueryDict) -> QuerySet[NeedBalance]:
    """Return the needs that the filters leave, in the order asked for."""
    found = NeedBalance.objects.filter(listed__gt=0, listed__lte=1).select_related("need")
    region = short(asked.get("region", ""))
    if region:
        code = region.ljust(12, "0") if len(region) >= 9 else region
        found = found.filter(**{PLACES[len(region)]: code})
    if categories := asked.getlist("category"):
        found = found.filter(category__in=categories)
    if level := asked.get("level"):
        found = found.filter(level=level)
    found = found.filter(progress__in=TABS[asked.get("status", "")])
    if asked.get("sort") == "newest" or len(region) < 6:
        return _newest(found, asked)
    return _least_helped(found, region[:6])


def _newest(found: QuerySet[NeedBalance], asked: QueryDict) -> QuerySet[NeedBalance]:
    if cursor := asked.get("cursor"):
        at, last = cursor.split("~")
        found = found.filter(Q(published_at__lt=at) | Q(published_at=at, need_id__lt=last))
    return found.order_by("-published_at", "-need_id")


def _least_helped(found: QuerySet[NeedBalance], county: str) -> QuerySet[NeedBalance]:
    night = VillageShare.objects.filter(county_code=county).aggregate(night=Max("night"))["night"]
    ranked = found.filter(share__night=night, share__county_code=county)
    return ranked.order_by("share__rank", "place", "-published_at", "-need_id")


def with_places(rows: list[NeedBalance]) -> list[NeedBalance]:
    """Give each row the names of its place, read at once."""
    codes = {row.place for row in rows}
    names = dict(Region.objects.filter(code__in=codes, valid_to=None).values_list("code", "path_names"))
    for row in rows:
        row.path_names = names.get(row.place, [])
    return rows


def path_and_children(region: str) -> tuple[list[Region], list[Region]]:
    """Return the places down to this one, and those below it or beside it."""
    path: list[Region] = []
    code: str | None = region.ljust(12, "0") if region else None
    while code:
        place = Region.objects.get(code=code, valid_to=None)
        path.insert(0, place)
        code = place.parent_code
    below = Region.objects.filter(parent_code=path[-1].code if path else None, valid_to=None).order_by("code")
    children = list(below)
    if not children and len(path) > 1:
        children = list(Region.objects.filter(parent_code=path[-2].code, valid_to=None).order_by("code"))
    return path, children


def counts(region: str, asked: QueryDict, places: list[str]) -> dict[str, Any]:
    """Return the numbers beside the filters, each under the other filters that are set."""
    chosen = {
        "category": set(asked.getlist("category")),
        "level": {asked["level"]} if asked.get("level") else set(),
        "progress": set(TABS[asked.get("status", "")]),
    }
    found: dict[str, Any] = {name: Counter() for name in chosen}
    rows = NeedCounter.objects.filter(region_code=region.ljust(12, "0"), count__gt=0)
    for row in rows:
        for name in chosen:
            if _fits(row, chosen, but=name):
                found[name][getattr(row, name)] += row.count
    found["places"] = Counter()
    for row in NeedCounter.objects.filter(region_code__in=places, count__gt=0):
        if _fits(row, chosen, but=""):
            found["places"][row.region_code] += row.count
    found["as_of"] = CounterRun.objects.filter(name="need_counter").values_list("as_of", flat=True).first()
    return found


def _fits(row: NeedCounter, chosen: dict[str, set[str]], *, but: str) -> bool:
    return all(name == but or not wanted or getattr(row, name) in wanted for name, wanted in chosen.items())
