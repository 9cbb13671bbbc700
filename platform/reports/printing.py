"""From a paper's blocks to its PDF: the frame around every sheet, and the templates."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from core.i18n import _, current_language
from core.print import print_pdf, qr_svg
from core.print_fonts import not_drawn

FORM = "reports/print/form.typ"
HANDBOOK = "reports/print/handbook.typ"
BOARD = "reports/print/board.typ"
TWICE = "reports/print/twice.typ"
MASK = 3  # any will do; see qr_svg


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
        "qr": qr_svg(frame.qr, mask=MASK) if frame.qr else "",
        "missing": _missing_words(paper),
        "page": _("Page {page} of {pages}"),
        "blocks": list(paper.blocks),
        **paper.more,
    }


def _missing_words(paper: Paper) -> str:
    """Return what to do with a character that no font of ours has: it stands as a box on the paper."""
    written = json.dumps([paper.title, paper.running, list(paper.blocks), paper.more], ensure_ascii=False)
    missing = not_drawn(written)
    if not missing:
        return ""
    codes = " ".join(f"U+{ord(one):X}" for one in missing)
    return _("A box stands for a character that the fonts lack (%(codes)s): write it in by hand.", codes=codes)


def papers_pdf(template: str, sheets: Sequence[dict[str, Any]], *, tagged: bool = True) -> bytes:
    """Return one PDF of all sheets; each has its own page numbers."""
    return print_pdf(template, {"sheets": list(sheets)}, tagged=tagged)
