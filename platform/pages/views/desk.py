"""The desk: what waits for me, with its deadline, one click to act."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, url_for

from accounts.models import Role
from accounts.queries import unread_messages
from core.clock import today
from core.http import actor
from core.i18n import _, ngettext
from core.policy import Actor, can, signed_in
from pages.queries.desk import DeskTask, desk_tasks, household_numbers, own_households, village_coverage
from pages.queries.places import names_of, short_name
from pages.views.desk_words import line_of, title_of
from pages.views.door import blueprint
from regions.codes import RegionLevel

GROUPS = ("overdue", "today", "week", "later", "waiting")
WEEK = 7
FEW = 5


@blueprint.get("/desk")
@signed_in
def desk() -> str:
    """Show the tasks of everything that this person is."""
    who, day = actor(), today()
    tasks = desk_tasks(who, day)
    homes = [task.household_id for task in tasks if task.household_id] if can(who, "household:read") else []
    groups = grouped(tasks, day, names_of(task.place for task in tasks if task.place), household_numbers(homes))
    urgent = sum(len(group["tasks"]) for group in groups if group["key"] in ("overdue", "today"))
    return render_template(
        "pages/desk.html",
        heading=_heading(urgent),
        coming=None if urgent else next((task for task in tasks if not task.is_waiting), None),
        title_of=title_of,
        groups=groups,
        households=own_households(who) if who.has_role(Role.PAIRING_CADRE, Role.HELPING_UNIT) else [],
        coverage=_coverage(who),
        links=links_of(who),
        unread=unread_messages(who),
    )


def _heading(urgent: int) -> str:
    if urgent:
        return ngettext("%(count)s thing to do today", "%(count)s things to do today", urgent)
    return _("Nothing to do today")


def grouped(tasks: list[DeskTask], day: date, places: dict[str, str], numbers: dict[UUID, str]) -> list[dict[str, Any]]:
    """Return the tasks in the groups of the desk; empty groups stay, their count is shown."""
    found: dict[str, list[dict[str, Any]]] = {key: [] for key in GROUPS}
    for task in tasks:
        row = {"url": task.url, "title": title_of(task), "line": line_of(task, places, numbers)}
        found[group_of(task, day)].append(row | _time_of(task, day))
    return [{"key": key, "tasks": rows} for key, rows in found.items() if rows or key != "later"]


def group_of(task: DeskTask, day: date) -> str:
    """Return where a task stands: by its day, or with others."""
    if task.due_on is None:
        return "waiting"
    left = (task.due_on - day).days
    if left < 0:
        return "overdue"
    return "today" if left == 0 else "week" if left <= WEEK else "later"


def _time_of(task: DeskTask, day: date) -> dict[str, str]:
    if task.due_on is None:
        return {"until": _("day %(day)s, %(limit)s allowed", day=task.day, limit=task.limit)}
    return {"left": left_words((task.due_on - day).days), "until": _("by %(on)s", on=f"{task.due_on:%m-%d}")}


def left_words(days: int) -> str:
    """Return the time left in words."""
    if days == 0:
        return _("Today")
    if days < 0:
        return ngettext("%(count)s day overdue", "%(count)s days overdue", -days)
    return ngettext("%(count)s day left", "%(count)s days left", days)


def _coverage(who: Actor) -> list[dict[str, Any]]:
    rows = [
        {
            "name": short_name(row.place.name),
            "url": _place_url(row.place.code, row.place.level),
            "value": None if row.counts.total < FEW else 100 * row.counts.fulfilled // row.counts.total,
        }
        for row in village_coverage(who)
    ]
    shown = any(row["value"] is not None for row in rows)
    return sorted(rows, key=lambda row: -1 if row["value"] is None else row["value"]) if shown else []


def _place_url(code: str, level: RegionLevel) -> str:
    endpoint = "pages.village" if level is RegionLevel.VILLAGE else "pages.needs"
    return url_for(endpoint, code=code) if level is RegionLevel.VILLAGE else url_for(endpoint, region=code)


def links_of(who: Actor) -> list[tuple[str, str]]:
    """Return the lists that this person may open, with their words; only what he may do is named."""
    rows = (
        ("need:create", "/desk/needs/new", _("Write down a need")),
        ("need:create", "/desk/needs", _("Needs I wrote down")),
        ("household:read", "/desk/households", _("Households")),
        ("round:read", "/desk/rounds", _("Rounds of identification")),
        ("clue:find", "/desk/sentinels", _("Sentinel lists")),
        ("case:read", "/desk/cases", _("Identification and monitoring")),
        ("meeting:read", "/desk/meetings", _("Meetings of review")),
        ("notice:read", "/desk/notices", _("Notices")),
        ("objection:read", "/desk/objections", _("Objections")),
        ("own_report:read", "/desk/own-reports", _("What people told us")),
        ("pairing:read", "/desk/pairings", _("Pairings")),
        ("pairing:read_unpaired", "/desk/pairings/unpaired", _("Households without a first helper")),
        ("pledge:read", "/desk/pledges", _("Pledges")),
        ("invitation:read", "/desk/invitations", _("Invitations")),
        ("link:propose", "/desk/links", _("Where we help")),
        ("confirmation:enter_paper", "/desk/answers/paper", _("A slip from the box")),
        ("confirmation:enter_phone", "/desk/answers/phone", _("An answer over the phone")),
        ("confirmation:witness", "/desk/answers/witness", _("An answer that I witness")),
        ("confirmation:call_back", "/desk/call-backs", _("Calls to households")),
        ("donor:submit", "/desk/donor", _("Our file as a helper")),
        ("donor:verify", "/desk/donors", _("Helpers to check")),
        ("issue:read", "/desk/issues", _("Disputed deliveries")),
        ("report:read", "/desk/reports", _("Reports from the public")),
        ("quota:read", "/desk/quotas", _("Planning numbers")),
        ("case:county", "/desk/over-quota", _("Households beyond the number")),
        ("account:read", "/accounts", _("Accounts and roles")),
    )
    return [(url, words) for permission, url, words in rows if can(who, permission)]
