"""The catalogue: place tree, filters, tabs, rows, twenty more."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for

from core.clock import today
from core.http import actor, wants_fragment
from core.i18n import _, label
from core.policy import public
from needs.choices import Category, NeedLevel
from needs.queries import Facets, facets, published_needs
from needs.queries.listing import Sort
from pages.queries.catalogue import Asked, Tab, read_asked
from pages.queries.places import path_within, short_name, siblings, site_place
from pages.views.door import blueprint
from pages.views.rows import need_rows
from regions.queries import Place, published_children

SHOWN = 7


def asked() -> Asked:
    """Return what the address asks for."""
    args = request.args
    return read_asked(
        region=args.get("region", ""),
        categories=args.getlist("category"),
        level=args.get("level", ""),
        status=args.get("status", ""),
        q=args.get("q", ""),
        sort=args.get("sort", ""),
    )


def address(wanted: Asked, *more: tuple[str, str], endpoint: str = "pages.needs") -> str:
    """Return the address of a list, or of a page beside it."""
    query = urlencode([*wanted.pairs(), *more])
    return url_for(endpoint) + (f"?{query}" if query else "")


class Catalogue:
    """Everything that the list, the page of places and the page of filters draw from."""

    def __init__(self, wanted: Asked) -> None:
        site = site_place()
        code = wanted.region or (site.code if site else "")
        self.path: list[Place] = path_within(code, site) if code else []
        self.place = self.path[-1] if self.path else None
        self.wanted = wanted.but(region=self.place.code if self.place and wanted.region else "")
        self.below = siblings(self.place) if self.place else published_children(None)
        self.shown = self.below or (siblings(self.path[-2]) if len(self.path) > 1 else [])
        self.facets: Facets = facets(
            self.place.code if self.place else "",
            category=self.wanted.categories,
            level=self.wanted.level,
            status=self.wanted.tab.statuses,
            children=[place.code for place in (*self.path, *self.shown)],
        )

    @property
    def place_name(self) -> str:
        return short_name(self.place.name) if self.place else _("All places")

    def tree(self, *, whole: bool = False) -> list[dict[str, Any]]:
        """Return the places as nodes: the way down to the chosen one and what lies below it or beside it."""
        leaf_is_chosen = self.place is not None and not self.below
        trail = self.path[:-1] if leaf_is_chosen else self.path
        nodes = self._children(whole=whole)
        for place in reversed(trail):
            nodes = [self._node(place, nodes)]
        return nodes

    def _children(self, *, whole: bool) -> list[dict[str, Any]]:
        counted = [place for place in self.shown if self.facets.places.get(place.code)]
        listed = counted if whole or len(counted) <= SHOWN + 1 else counted[:SHOWN]
        if self.place in self.shown and self.place not in listed:
            listed = [*listed, self.place]
        nodes = [self._node(place, []) for place in listed]
        if (rest := len(counted) - len(listed)) > 0:
            url = address(self.wanted, endpoint="pages.needs_places")
            nodes.append({"name": _("%(count)s more places", count=rest), "url": url})
        return nodes

    def _node(self, place: Place, children: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "name": short_name(place.name),
            "url": address(self.wanted.but(region=place.code)),
            "count": None if self.wanted.q else self.facets.places.get(place.code, 0),
            "current": self.place is not None and place.code == self.place.code,
            "children": children,
        }

    def tabs(self) -> list[dict[str, Any]]:
        counts = self.facets.statuses
        return [
            {
                "text": TAB_WORDS[tab](),
                "url": address(self.wanted.but(tab=tab)),
                "count": None if self.wanted.q else sum(counts.get(status, 0) for status in tab.statuses),
                "current": tab is self.wanted.tab,
            }
            for tab in Tab
        ]

    def categories(self) -> list[dict[str, Any]]:
        counts = self.facets.categories
        found = [category for category in Category if counts.get(category.value) or category in self.wanted.categories]
        found.sort(key=lambda category: -counts.get(category.value, 0))
        return [
            {
                "value": category.value,
                "label": label(category),
                "count": None if self.wanted.q else counts.get(category.value, 0),
                "checked": category.value in self.wanted.categories,
            }
            for category in found
        ]

    def levels(self) -> list[dict[str, Any]]:
        rows = [("", _("Both")), *((level.value, label(level)) for level in NeedLevel)]
        return [{"value": value, "label": word, "checked": value == self.wanted.level} for value, word in rows]

    def crumbs(self) -> list[dict[str, str]]:
        """Return the places above the chosen one, as links."""
        return [
            {"text": short_name(place.name), "url": address(self.wanted.but(region=place.code))}
            for place in self.path[:-1]
        ]

    def kept(self) -> list[tuple[str, str]]:
        """Return what a search keeps of the filters."""
        return self.wanted.but(q="").pairs()

    def kept_beside(self, name: str) -> list[tuple[str, str]]:
        """Return what a form that chooses one thing keeps of the rest."""
        return [pair for pair in self.wanted.pairs() if pair[0] != name]

    def heading(self) -> str:
        """Return what the list shows, with the count where there is one."""
        if self.wanted.q:
            return _("%(place)s, needs with \u201c%(words)s\u201d", place=self.place_name, words=self.wanted.q)
        return TAB_HEADINGS[self.wanted.tab](self.place_name, self.facets.total)


TAB_WORDS = {
    Tab.WAITING: lambda: _("Still needed"),
    Tab.PROMISED: lambda: _("Waiting for delivery"),
    Tab.ARRIVED: lambda: _("Waiting for the household"),
    Tab.CONFIRMED: lambda: _("Confirmed"),
}
TAB_HEADINGS = {
    Tab.WAITING: lambda place, count: _("%(place)s, %(count)s still needed", place=place, count=f"{count:,}"),
    Tab.PROMISED: lambda place, count: _("%(place)s, %(count)s wait for delivery", place=place, count=f"{count:,}"),
    Tab.ARRIVED: lambda place, count: _("%(place)s, %(count)s wait for the household", place=place, count=f"{count:,}"),
    Tab.CONFIRMED: lambda place, count: _("%(place)s, %(count)s confirmed", place=place, count=f"{count:,}"),
}


@blueprint.get("/needs")
@public
def needs() -> str:
    """Show the list, a changed list, or twenty rows more."""
    found = Catalogue(asked())
    cursor = request.args.get("cursor") or None
    page = published_needs(
        region=found.place.code if found.place else "",
        category=found.wanted.categories,
        level=found.wanted.level,
        status=found.wanted.tab.statuses,
        q=found.wanted.q,
        sort=found.wanted.sort,
        cursor=cursor,
        viewer=actor(),
    )
    context = {
        "found": found,
        "rows": need_rows(page.items, today()),
        "next_url": address(found.wanted, ("cursor", page.next)) if page.next else "",
        "sorts": _sorts(),
        "address": address,
    }
    if wants_fragment():
        part = "pages/_more.html" if request.headers.get("HX-Target") == "more" else "pages/_results.html"
        return render_template(part, **context)
    return render_template("pages/needs.html", **context, is_first=cursor is None)


def _sorts() -> list[tuple[str, str]]:
    return [
        (Sort.LEAST_HELPED.value, _("Villages with least help first")),
        (Sort.NEWEST.value, _("Newest first")),
    ]


@blueprint.get("/needs/places")
@public
def needs_places() -> str:
    """Show the tree of places on a page of its own, for phones."""
    found = Catalogue(asked())
    return render_template("pages/needs_places.html", found=found, back=address(found.wanted))


@blueprint.get("/needs/filter")
@public
def needs_filter() -> str:
    """Show the filters on a page of their own, for phones."""
    found = Catalogue(asked())
    return render_template("pages/needs_filter.html", found=found, back=address(found.wanted))
