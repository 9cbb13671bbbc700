"""Prints: Typst templates, data handed over as JSON, never as source."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from core.errors import StartupRefused
from core.print_fonts import FONTS

ROOT = Path(__file__).resolve().parents[1]


@cache
def _compiler(template: str) -> typst.Compiler:
    if not FONTS.is_dir():
        raise StartupRefused("The print fonts are missing. Run: make assets")
    return typst.Compiler(input=str(ROOT / template), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True)


def print_pdf(template: str, values: dict[str, Any], *, tagged: bool = True) -> bytes:
    """Return a PDF of `template` (a path below the source root, such as "pledges/print/slip.typ").

    Tags let a screen reader follow the page; a file that is made for the printer only is a tenth as large without.
    """
    text = json.dumps(values, ensure_ascii=False, default=str)
    pdf = _compiler(template).compile(sys_inputs={"data": text}, pdf_tags=tagged)
    if not isinstance(pdf, bytes):  # a list of pages is made for pictures only
        raise TypeError(template)
    return pdf


def qr_svg(content: str, *, mask: int | None = None) -> str:
    """Return a QR code as SVG text; encode short ASCII addresses only.

    Every reader knows all eight masks. Without one the evenest is looked for, which takes three times as long.
    """
    code = segno.make(content, micro=False, encoding="utf-8", mask=mask)
    out = BytesIO()
    code.save(out, kind="svg", xmldecl=False, border=4, omitsize=True)
    return out.getvalue().decode()
