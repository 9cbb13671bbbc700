"""Update records of one stream: the chain, the server's own check, and what one needs to check it oneself."""

import io
from pathlib import Path
from typing import Any

from flask import Response, render_template, request, url_for

import core.records.standalone
from core.clock import now
from core.db import db
from core.http import actor
from core.i18n import _, ngettext
from core.policy import public
from core.records import published_records, verify_stream
from core.records.exporting import write_export
from pages.queries.history import behind
from pages.queries.streams import Stream, readable_stream
from pages.views.door import blueprint
from pages.views.sentences import entry

SHOWN = 20
VERIFIER = Path(core.records.standalone.__file__)


@blueprint.get("/records/<string:kind>/<string:key>")
@public
def records(kind: str, key: str) -> str:
    """Show a stream's records, newest first, with the check just made."""
    stream = readable_stream(actor(), f"{kind}/{key}")
    before = request.args.get("before", "")
    rows = published_records(stream.name, limit=SHOWN, before_seq=int(before) if _is_number(before) else None)
    facts, check = behind(rows, is_village=stream.is_village), verify_stream(stream.name)
    older = rows[-1].seq - 1 if rows else 0
    return render_template(
        "pages/records.html",
        stream=stream,
        heading=heading(stream),
        crumbs=_crumbs(stream, key),
        records=[entry(row, stream.unit, facts) for row in rows],
        check=check,
        verdict=verdict(check),
        checked_at=now(),
        older_url=url_for(".records", kind=kind, key=key, before=rows[-1].seq) if older > 0 else "",
        older_text=ngettext("See %(count)s older record", "See %(count)s older records", older),
        download_url=url_for(".records_export", kind=kind, key=key),
        file_name=f"{kind}-{key}.jsonl",
        is_first=not before,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def heading(stream: Stream) -> str:
    """Return the page's heading."""
    if stream.title:
        return _("Update records: %(title)s", title=stream.title)
    return _("Update records")


def verdict(check: Any) -> str:
    """Return what the server's own check found."""
    if check.ok:
        return ngettext(
            "%(count)s record links up and is unchanged", "%(count)s records link up and are unchanged", check.count
        )
    return _("Record %(seq)s does not match. Do not rely on this page, and please tell us.", seq=check.first_bad_seq)


def _crumbs(stream: Stream, key: str) -> list[dict[str, str]]:
    here = {"text": _("Update records")}
    if stream.kind == "need" and stream.is_public and stream.title:
        return [{"text": stream.title, "url": url_for("pages.need", need_id=key)}, here]
    if stream.kind == "quota_run":
        return [{"text": stream.title, "url": url_for("quotas.run", run_id=key)}, here]
    return [{"text": stream.title or _("Help"), "url": url_for("pages.help_page", audience="public")}, here]


@blueprint.get("/records/<string:kind>/<string:key>/export")
@public
def records_export(kind: str, key: str) -> Response:
    """Hand out a stream's export, as the stand-alone verifier reads it; personal parts stay sealed and inside."""
    stream = readable_stream(actor(), f"{kind}/{key}")
    lines = io.StringIO()
    write_export(db.engine, lines, stream=stream.name)
    return _file(lines.getvalue(), "application/x-ndjson; charset=utf-8", f"{kind}-{key}.jsonl")


@blueprint.get("/records/verifier")
@public
def records_verifier() -> Response:
    """Hand out the stand-alone verifier: one file, standard library only."""
    return _file(VERIFIER.read_text("utf-8"), "text/x-python; charset=utf-8", "verify_records.py")


def _file(content: str, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
