"""A need's page: how much, who helps, how it was checked, what happened."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts.models import Role
from core.clock import local_day, today
from core.errors import NotFound
from core.files import read_file
from core.http import actor
from core.i18n import _, label, ngettext
from core.policy import public
from core.records import RecordRow, published_records
from needs.choices import NeedLevel, NeedStage
from needs.queries import PublishedNeed, published_need
from pages.queries.chain import Done, published_chain
from pages.queries.history import behind, checking_roles, count_records
from pages.queries.photos import dispute_due, published_photos
from pages.queries.places import path_within, place_words, short_name, site_place
from pages.views.door import blueprint
from pages.views.rows import category_word
from pages.views.sentences import amount, entry
from pairing.queries.public import PublishedHelper

ENTRIES, LOOKED_AT = 5, 20
BOOKKEEPING = {"confirmation.answered", "confirmation.code_issued", "delivery.awaiting", "delivery_evidence.created"}


@blueprint.get("/needs/<uuid:need_id>")
@public
def need(need_id: UUID) -> str:
    """Show a need as this reader may see it; 404 or 410 as workflows.md, doubts 7."""
    found = published_need(need_id, actor())
    stream = f"need/{found.id}"
    records = _newest(stream)
    facts, chain, day = behind(records, is_village=found.level == NeedLevel.VILLAGE), published_chain(found), today()
    return render_template(
        "pages/need.html",
        need=found,
        subject=found,
        crumbs=_crumbs(found),
        category=category_word(found.category),
        days_left=days_left(found, day),
        helpers=[_link(helper, done, found.unit) for helper, done in chain if not helper.is_one_time],
        one_time=[_once(helper, done, found.unit) for helper, done in chain if helper.is_one_time],
        free_rank=max((helper.rank for helper, _done in chain), default=0) + 1,
        checks=_checks(found, checking_roles(stream), day),
        photos=_photos(found),
        entries=[entry(record, found.unit, facts) for record in records],
        total=count_records(stream),
        dispute_due=dispute_due(found.id) if found.disputed else None,
        today=day,
    )


def _newest(stream: str) -> list[RecordRow]:
    """Return the newest records that tell what happened; what was only filed stands on the page of all records."""
    found = published_records(stream, limit=LOOKED_AT)
    return [record for record in found if record.kind not in BOOKKEEPING][:ENTRIES]


def days_left(found: PublishedNeed, day: date) -> int | None:
    """Return how many days the need still runs, or None if it has ended."""
    if found.expires_at is None or found.stage != NeedStage.PUBLISHED:
        return None
    return (local_day(found.expires_at) - day).days


def _crumbs(found: PublishedNeed) -> list[dict[str, str]]:
    path = path_within(found.place, site_place())
    return [{"text": short_name(place.name), "url": url_for("pages.needs", region=place.code)} for place in path]


def _link(helper: PublishedHelper, done: Done, unit: str) -> dict[str, Any]:
    row = {"rank": helper.rank, "state": helper.state, "name": helper.name}
    if helper.rank > 1:
        return row | {"meta": _meta(helper), "line": done_words(done, unit)}
    line = _("Visits, brings further helpers and the household together, hands over the slips.")
    return row | {"meta": _first_since(helper.since), "line": done_words(done, unit) or line}


def _first_since(since: date | None) -> str:
    if since is None:
        return _("Stays from the first day to the last")
    return _("First helper since %(since)s", since=since.isoformat())


def _meta(helper: PublishedHelper) -> str:
    kind = label(helper.kind)
    if helper.since is None:
        return _("No. %(rank)s, helping together, %(kind)s", rank=helper.rank, kind=kind)
    since = helper.since.isoformat()
    return _("No. %(rank)s, helping together, %(kind)s, since %(since)s", rank=helper.rank, kind=kind, since=since)


def done_words(done: Done, unit: str) -> str:
    """Return what a helper has done for this need, each level by itself."""
    if not done.promised and not done.delivered:
        return ""
    if not done.delivered and done.due_on is not None:
        words = amount(done.promised, unit)
        return _("Pledged %(amount)s, to arrive by %(due)s.", amount=words, due=done.due_on.isoformat())
    return _(
        "Pledged %(pledged)s, delivered %(delivered)s, confirmed %(confirmed)s.",
        pledged=amount(max(done.promised, done.delivered), unit),
        delivered=amount(done.delivered, unit),
        confirmed=amount(done.confirmed, unit),
    )


def _once(helper: PublishedHelper, done: Done, unit: str) -> str:
    words = done_words(done, unit)
    return _("%(name)s: %(done)s", name=helper.name, done=words) if words else helper.name


def _checks(found: PublishedNeed, roles: dict[str, str], day: date) -> list[dict[str, str]]:
    place = place_words(found.path_names)
    rows = []
    if found.visited_on is not None:
        role = _role(roles.get("need.verified"), Role.VILLAGE_OFFICER)
        words = _(
            "%(on)s, %(place)s, %(role)s and a second person", on=found.visited_on.isoformat(), place=place, role=role
        )
        rows.append({"name": _("Checked on site"), "value": words})
    if found.published_at is not None:
        role = _role(roles.get("need.published"), Role.TOWNSHIP_OFFICER)
        on = local_day(found.published_at).isoformat()
        words = _("%(on)s, %(role)s; neither the author nor the verifier", on=on, role=role)
        rows.append({"name": _("Approved"), "value": words})
    if found.level == NeedLevel.HOUSEHOLD:
        words = _("Agreed to publish what is missing and how many; can be taken back at any time")
        rows.append({"name": _("Consent of the household"), "value": words})
    if found.expires_at is not None:
        rows.append({"name": _("Valid until"), "value": _validity(found, day)})
    return rows


def _role(recorded: str | None, usual: Role) -> str:
    return label(Role(recorded)) if recorded in set(Role) else label(usual)


def _validity(found: PublishedNeed, day: date) -> str:
    until = local_day(found.expires_at).isoformat() if found.expires_at else ""
    left = days_left(found, day)
    if left is None or left < 0:
        return until
    return ngettext(
        "%(until)s, %(count)s day left; then it is taken down by itself",
        "%(until)s, %(count)s days left; then it is taken down by itself",
        left,
        until=until,
    )


def _photos(found: PublishedNeed) -> list[dict[str, Any]]:
    rows = []
    for photo in published_photos(found.id):
        rows.append(
            {
                "url": url_for("pages.photo", need_id=found.id, file_id=photo.file_id),
                "preview_url": url_for("pages.photo", small=1, need_id=found.id, file_id=photo.file_id),
                "on": photo.on,
                "words": _("%(amount)s delivered", amount=amount(photo.quantity, found.unit)),
            }
        )
    return rows


@blueprint.get("/needs/<uuid:need_id>/photos/<uuid:file_id>")
@public
def photo(need_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand out a picture of a confirmed delivery, whole or small."""
    found = published_need(need_id, actor())
    return _picture(file_id, {photo.file_id for photo in published_photos(found.id)})


def _picture(file_id: UUID, shown: set[UUID]) -> Response:
    if file_id not in shown:
        raise NotFound
    stored, content = read_file(file_id, small=bool(request.args.get("small")))
    response = make_response(content)
    response.content_type = stored.mime
    return response
