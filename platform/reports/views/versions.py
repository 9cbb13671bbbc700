"""Where the QR of a paper leads: which version it is, and whether something was said anew since."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from core.errors import NotFound
from core.http import actor
from core.i18n import label
from core.policy import can, requires
from core.records import stream_of
from registry.models import Household, Village
from registry.policy import RegistryPermission
from registry.queries import get_household, get_village
from registry.queries.papers import changes_after, find_version
from registry.views.places import place_name
from reports.views.door import version_blueprint
from reports.views.rows import change_rows, kept_papers


def _subject(kind: str, key: str) -> Household | Village:
    if kind == "village":
        return get_village(actor(), key)
    try:
        return get_household(actor(), UUID(key))
    except ValueError as no_id:
        raise NotFound from no_id


@version_blueprint.get("/v/<any(household,village):kind>/<string:key>/<int:seq>/<string:stamp>")
@requires(RegistryPermission.PAPER_READ)
def version(kind: str, key: str, seq: int, stamp: str) -> ResponseReturnValue:
    """Show which version a paper is. Who is not signed in is asked to, whatever the address says."""
    subject = _subject(kind, key)
    stream = stream_of(subject)
    found = find_version(stream, seq, stamp.lower())
    if found is None or not can(actor(), RegistryPermission.PAPER_READ, subject):
        raise NotFound
    changes = change_rows(changes_after(stream, seq))
    return render_template(
        "reports/version.html",
        subject=subject,
        is_village=kind == "village",
        version=found,
        name=label(found.kind),
        place=place_name(subject.region_code),
        changes=changes,
        papers=[paper for paper in kept_papers(stream) if paper.number == found.number],
        back=_papers_page(subject, found.number),
    )


def _papers_page(subject: Household | Village, number: str) -> str:
    if isinstance(subject, Village):
        return url_for("reports.village", code=subject.region_code, number=number) + "#signed"
    return url_for("reports.household", household_id=subject.id, number=number) + "#signed"
