"""Rows as the components draw them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for

from core.clock import local_day
from core.i18n import _, label
from needs.choices import Category
from needs.queries import FulfilledNeed, ListedNeed, ProgressCounts
from pages.queries.counts import waiting
from pages.queries.places import place_words, short_name
from regions.queries import Place


def need_row(need: ListedNeed, today: date) -> dict[str, Any]:
    """Return a need as a row of a ledger."""
    days = (local_day(need.expires_at) - today).days
    return {
        "url": url_for("pages.need", need_id=need.id),
        "title": need.title,
        "category": need.category,
        "place": place_words(need.path_names),
        "level": need.level,
        "status": need.status,
        "quantity": need.quantity,
        "held": need.held,
        "delivered": need.delivered,
        "confirmed": need.confirmed,
        "unit": need.unit,
        "why": first_sentence(need.description),
        "band": need.size_band or "",
        "verified_on": need.verified_at,
        "disputed": need.disputed,
        "days_left": days if need.remaining > 0 else None,
        "note": _("one delivery is disputed") if need.disputed else "",
    }


def need_rows(needs: Iterable[ListedNeed], today: date) -> list[dict[str, Any]]:
    return [need_row(need, today) for need in needs]


def first_sentence(description: str) -> str:
    """Return the first sentence of a description, for a row that has one line for it."""
    end = min((found + 1 for mark in "\u3002\uff1b\n" if (found := description.find(mark)) >= 0), default=80)
    return description[:end].strip()


def done_row(need: FulfilledNeed) -> dict[str, Any]:
    """Return a fulfilled need as a row of what was done."""
    return {
        "title": _("%(place)s, **%(title)s**", place=place_words(need.path_names), title=plain(need.title)),
        "line": said(need.level, need.fulfilled_at, need.days, disputed=need.disputed),
        "url": url_for("pages.need", need_id=need.id),
    }


def plain(text: str) -> str:
    """Return a title without what the components would read as bold."""
    return text.replace("**", "")


def said(level: str, moment: Any, days: int, *, disputed: bool) -> str:
    """Return in words who confirmed, when, and after how long."""
    on = f"{local_day(moment):%m-%d}"
    if disputed:
        return _("%(on)s, confirmed after %(days)s days; one delivery is disputed.", on=on, days=days)
    if level == "village":
        return _("%(on)s, confirmed by the village, %(days)s days after it was published.", on=on, days=days)
    return _("%(on)s, confirmed by the household, %(days)s days after it was published.", on=on, days=days)


def hill(place: Place, counts: ProgressCounts, url: str) -> dict[str, Any]:
    """Return a place as a hill: each need counted once."""
    return {
        "code": place.code,
        "name": short_name(place.name),
        "url": url,
        "confirmed": counts.fulfilled,
        "delivered": counts.delivered,
        "pledged": counts.fully_held,
        "needed": waiting(counts),
    }


def category_word(category: str) -> str:
    """Return a category's word in the reader's language."""
    return label(Category(category))
