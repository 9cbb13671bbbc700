"""Static files under hashed names, gzipped at set-up; and the health page."""

from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory

from core.db import db
from core.policy import public

blueprint = Blueprint("web", __name__)
FOLDER = Path(__file__).parent / "static"


@blueprint.get("/static/<path:name>")
@public
def static(name: str) -> Response:
    zipped = FOLDER / f"{name}.gz"
    accepts = "gzip" in request.headers.get("Accept-Encoding", "")
    if name.endswith(".gz"):
        abort(404)
    if accepts and zipped.is_file():
        response = send_from_directory(FOLDER, f"{name}.gz")
        response.headers["Content-Encoding"] = "gzip"
        response.content_type = _content_type(name)
    else:
        response = send_from_directory(FOLDER, name)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _content_type(name: str) -> str:
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
    return kinds.get(Path(name).suffix, "application/octet-stream")


@blueprint.get("/desk/survey-worker.js")
@public
def survey_worker() -> Response:
    """Serve the worker of surveys from the desk, whose pages it looks after; browsers ask for it anew each time."""
    response = send_from_directory(FOLDER, "js/survey-worker.js", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@blueprint.get("/healthz")
@public
def healthz() -> Response:
    alive = db.answers()
    return Response("ok\n" if alive else "database\n", status=200 if alive else 503, mimetype="text/plain")
