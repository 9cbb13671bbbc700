"""The list as a page and as JSON."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from benchmarks.django_reference.listing import PAGE, TABS, counts, needs, path_and_children, short, with_places
from benchmarks.django_reference.models import NeedBalance

CATEGORIES = (
    "schooling",
    "medical",
    "housing",
    "industry",
    "employment",
    "skills",
    "daily_necessities",
    "infrastructure",
    "other",
)
TAB_WORDS = {
    "": "Still needed",
    "fully_held": "Waiting for delivery",
    "delivered": "Waiting for the household",
    "fulfilled": "Confirmed",
}
SHOWN = 8


class NeedPage(TemplateView):
    """Only there so that rows have an address."""

    template_name = "need_list.html"


class NeedList(ListView):  # type: ignore[type-arg]  # Django has no types here
    """Twenty needs with the filters, the tree of places and the counts beside them."""

    template_name = "need_list.html"
    context_object_name = "rows"

    def get_queryset(self) -> Any:
        return needs(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = list(self.object_list[: PAGE + 1])
        self.object_list = rows = with_places(found[:PAGE])
        region = short(self.request.GET.get("region", ""))
        path, children = path_and_children(region)
        figures = counts(region, self.request.GET, [place.code for place in (*path, *children)])
        now = timezone.now()
        for row in rows:
            _prepare(row, now)
        return super().get_context_data(
            **kwargs,
            path=path,
            tree=self._tree(path, children, figures),
            categories=self._categories(figures),
            levels=self._levels(),
            tabs=self._tabs(figures),
            total=sum(figures["progress"][status] for status in TABS[self.request.GET.get("status", "")]),
            as_of=figures["as_of"],
            next_url=self._address(cursor=_cursor(rows[-1])) if len(found) > PAGE else "",
            sorts=[(_("Newest first"), self._address(sort="newest")), (_("Least help first"), self._address(sort=""))],
        )

    def _address(self, **changes: str) -> str:
        values = {**self.request.GET.dict(), **changes}
        return f"{reverse('needs')}?{urlencode({name: value for name, value in values.items() if value})}"

    def _tree(self, path: list[Any], children: list[Any], figures: dict[str, Any]) -> list[dict[str, Any]]:
        counted = [place for place in children if figures["places"][place.code]][:SHOWN]
        return [
            {
                "name": place.name,
                "count": figures["places"][place.code],
                "url": self._address(region=place.code),
                "current": bool(path) and place.code == path[-1].code,
            }
            for place in (*path, *counted)
        ]

    def _categories(self, figures: dict[str, Any]) -> list[dict[str, Any]]:
        chosen, numbers = self.request.GET.getlist("category"), figures["category"]
        shown = sorted((name for name in CATEGORIES if numbers[name]), key=lambda name: -numbers[name])
        return [{"value": name, "label": _(name), "count": numbers[name], "checked": name in chosen} for name in shown]

    def _levels(self) -> list[dict[str, Any]]:
        chosen = self.request.GET.get("level", "")
        rows = (("", _("Both")), ("household", _("Household")), ("village", _("Village")))
        return [{"value": value, "label": word, "checked": value == chosen} for value, word in rows]

    def _tabs(self, figures: dict[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "text": _(TAB_WORDS[tab]),
                "url": self._address(status=tab),
                "count": sum(figures["progress"][status] for status in statuses),
                "current": tab == self.request.GET.get("status", ""),
            }
            for tab, statuses in TABS.items()
        ]


def _prepare(row: NeedBalance, now: Any) -> None:
    row.remaining = row.quantity - row.held
    row.days_left = (row.need.expires_at - now).days
    row.cells = [_cell(row, place) for place in range(int(row.quantity))]


def _cell(row: NeedBalance, place: int) -> dict[str, Any]:
    reach = "needed" if place >= row.held else "pledged"
    if place < row.confirmed:
        reach = "confirmed"
    elif place < row.delivered:
        reach = "delivered"
    return {"reach": reach, "x": place % 10 * 26, "y": place // 10 * 26}


def _cursor(row: NeedBalance) -> str:
    return f"{row.published_at.isoformat()}~{row.need_id}"


def needs_as_json(request: HttpRequest) -> JsonResponse:
    """Answer the list as the JSON door does."""
    found = list(needs(request.GET)[: PAGE + 1])
    items = [_item(row) for row in with_places(found[:PAGE])]
    return JsonResponse({"items": items, "next": _cursor(found[PAGE - 1]) if len(found) > PAGE else None})


def _item(row: NeedBalance) -> dict[str, Any]:
    need = row.need
    return {
        "id": need.id,
        "title": need.title,
        "description": need.description,
        "category": need.category,
        "level": need.level,
        "region": {"code": row.place, "name": "".join(row.path_names[-1:]), "path": " ".join(row.path_names)},
        "quantity": f"{row.quantity:f}",
        "unit": need.unit,
        "min_lot": f"{need.min_lot:f}",
        "held": f"{row.held:f}",
        "delivered": f"{row.delivered:f}",
        "confirmed": f"{row.confirmed:f}",
        "remaining": f"{row.quantity - row.held:f}",
        "status": row.progress,
        "urgency": need.urgency,
        "published_at": row.published_at,
        "verified_at": need.verified_at,
        "expires_at": need.expires_at,
        "disputed": need.disputed_since is not None,
        "pairing": {"helpers": []},
    }
