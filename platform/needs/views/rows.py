"""Rows of the desk's pages: rules, answers, persons, what the public will read."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import url_for

from core.api import plain_decimal
from core.clock import local_day
from core.http import actor
from core.i18n import _, label
from needs.choices import NeedLevel, Urgency
from needs.models import Need, NeedEvidence
from needs.rules import RuleResult, Verdict, sentence_of
from needs.rules.wording import detail_of
from needs.views.places import office_name, place_name
from registry.queries import Subject, get_household

NO_BREAK = "\u00a0"
_RESULT = {Verdict.PASS: "passed", Verdict.JUDGE: "judge", Verdict.SEND_UP: "judge", Verdict.REFUSE: "failed"}


def qty(value: Decimal, unit: str) -> str:
    """Return a quantity with its unit."""
    return f"{plain_decimal(value)}{NO_BREAK}{unit}"


def rule_rows(results: Iterable[RuleResult]) -> list[dict[str, Any]]:
    """Return rule results as the page lists them, what stands against the need first."""
    return [
        {
            "result": _RESULT[result.verdict],
            "title": sentence_of(result),
            "line": _line(result),
        }
        for result in results
    ]


def _line(result: RuleResult) -> str:
    if result.verdict is Verdict.SEND_UP:
        return _("This sends the need up: the county decides.")
    return detail_of(result)


def people_rows(need: Need) -> list[dict[str, str]]:
    """Return the three hands of a need, by role and place."""
    rows = [{"step": _("Written down, %(day)s", day=_short(need.created_at)), "who": office_name(need.author_id)}]
    if need.verified_by is not None:
        step = _("Verified, %(day)s", day=_short(need.verified_at or need.created_at))
        rows.append({"step": step, "who": office_name(need.verified_by)})
    if need.approved_by is not None:
        step = _("Approved, %(day)s", day=_short(need.published_at or need.created_at))
        rows.append({"step": step, "who": office_name(need.approved_by)})
    return rows


def _short(moment: datetime) -> str:
    return f"{local_day(moment):%m-%d}"


def whose_line(subject: Subject) -> str:
    """Return whose need it is, with the place."""
    place = place_name(subject.region_code)
    if subject.household_id is None:
        return _("%(place)s, the whole village", place=place)
    household = get_household(actor(), subject.household_id)
    return _("%(place)s, household %(number)s", place=place, number=household.household_no)


def answer_rows(need: Need) -> list[dict[str, str]]:
    """Return the answers of a draft with their steps to change them."""
    item = url_for("needs.draft_item", need_id=need.id)
    when = url_for("needs.draft_when", need_id=need.id)
    rows = [
        {"name": _("Kind of need"), "value": label(need.category), "url": item},
        {"name": _("What is needed"), "value": need.title, "url": item},
        {"name": _("How many"), "value": qty(need.quantity, need.unit), "url": item},
        {"name": _("Smallest part that helps"), "value": qty(need.min_lot, need.unit), "url": item},
        {
            "name": _("Why"),
            "value": need.description or _("Not written yet"),
            "url": url_for("needs.draft_why", need_id=need.id),
        },
        {"name": _("When"), "value": _season(need), "url": when},
    ]
    visibility = url_for("needs.draft_consent", need_id=need.id)
    return [*rows, {"name": _("Who may see it"), "value": label(need.visibility), "url": visibility}]


def _season(need: Need) -> str:
    parts = [label(need.urgency)] if need.urgency is Urgency.URGENT else []
    if need.needed_from is not None:
        parts.append(_("from %(day)s", day=need.needed_from.isoformat()))
    if need.needed_by is not None:
        parts.append(_("until %(day)s", day=need.needed_by.isoformat()))
    return " ".join(parts) or _("Any time")


def need_facts(need: Need) -> list[dict[str, str]]:
    """Return what an officer reads of a need before he verifies or decides."""
    rows = [
        {"name": _("Place"), "value": place_name(need.region_code)},
        {"name": _("Whose"), "value": _whose(need)},
        {"name": _("Kind of need"), "value": label(need.category)},
        {"name": _("How many"), "value": qty(need.quantity, need.unit)},
        {"name": _("Smallest part that helps"), "value": qty(need.min_lot, need.unit)},
        {"name": _("Why"), "value": need.description},
        {"name": _("When"), "value": _season(need)},
    ]
    if need.visited_on is not None:
        visit = _("%(day)s, with %(person)s", day=need.visited_on.isoformat(), person=need.second_visitor)
        rows.append({"name": _("Last visit"), "value": visit})
    if need.last_reason:
        rows.append({"name": _("Last reason given"), "value": need.last_reason})
    return rows


def _whose(need: Need) -> str:
    if need.level is NeedLevel.VILLAGE or need.household_id is None:
        return _("The whole village")
    return _("Household %(number)s", number=get_household(actor(), need.household_id).household_no)


def photo_rows(need: Need, pieces: Iterable[NeedEvidence]) -> list[dict[str, Any]]:
    """Return the kept pictures of a need."""
    return [
        {
            "url": url_for("needs.evidence", need_id=need.id, file_id=piece.file_id),
            "preview_url": url_for("needs.evidence", need_id=need.id, file_id=piece.file_id, small=1),
            "on": piece.taken_on or local_day(piece.created_at),
            "words": _("Evidence of the visit"),
        }
        for piece in pieces
        if piece.file_id is not None
    ]
