"""The blueprints of printed papers, and the answer that carries one."""

from flask import Blueprint, Response

blueprint = Blueprint("reports", __name__, url_prefix="/desk")
version_blueprint = Blueprint("versions", __name__)


def pdf_answer(content: bytes, name: str, *, attached: bool = False) -> Response:
    """Return a PDF that no browser or proxy keeps."""
    way = "attachment" if attached else "inline"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f"{way}; filename={name}.pdf"}
    return Response(content, mimetype="application/pdf", headers=headers)
