"""Headers that every answer carries."""

from flask import Flask, Response, g, request

from core.settings import current

_CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


def install_headers(app: Flask) -> None:
    """Set the security and cache headers; repeatable, since a failed commit runs it again."""
    app.after_request(_set)


def _set(response: Response) -> Response:
    headers = response.headers
    headers["Content-Security-Policy"] = _CSP
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if current().secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    headers["Vary"] = "Cookie, Accept-Language, Authorization, HX-Request"
    if g.get("request_number"):
        headers["X-Request-Number"] = g.request_number
    if request.args.get("lang") in {"zh", "en"}:
        response.set_cookie(
            "lang",
            request.args["lang"],
            max_age=31536000,
            samesite="Lax",
            secure=current().secure_cookies,
            httponly=True,
        )
    return response
