"""From a paper's blocks to its PDF: the frame around every sheet, and the templates."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.i18n import _, current_language
from core.print import print_pdf, qr_svg

FORM = "reports/print/form.typ"
HANDBOOK = "reports/print/handbook.typ"
BOARD = "reports/print/board.typ"
TWICE = "reports/print/twice.typ"


@dataclass(frozen=True)
class Frame:
    """What stands around the text of one paper: whose version it is, who printed it, what its QR says."""

    record: str = ""
    printed: str = ""
    qr: str = ""
    demo: bool = False


@dataclass(frozen=True)
class Paper:
    """One paper ready to be set: its template, title and blocks."""

    template: str
    title: str
    blocks: Sequence[dict[str, Any]]
    subtitle: str = ""
    running: str = ""
    wide: bool = False
    more: dict[str, Any] = field(default_factory=dict)


def sheet_of(paper: Paper, frame: Frame) -> dict[str, Any]:
    """Return one sheet as the templates read it."""
    return {
        "lang": current_language(),
        "site": _("Jiedui"),
        "demo": _("Demo data, invented") if frame.demo else "",
        "title": paper.title,
        "subtitle": paper.subtitle,
        "running": paper.running,
        "wide": paper.wide,
        "record": frame.record,
        "printed": frame.printed,
        "qr": qr_svg(frame.qr) if frame.qr else "",
        "page": _("Page {page} of {pages}"),
        "blocks": list(paper.blocks),
        **paper.more,
    }


def papers_pdf(template: str, sheets: Sequence[dict[str, Any]], *, tagged: bool = True) -> bytes:
    """Return one PDF of all sheets; each has its own page numbers."""
    return print_pdf(template, {"sheets": list(sheets)}, tagged=tagged)
