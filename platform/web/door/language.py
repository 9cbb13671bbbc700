"""Language of a request: `?lang=`, the cookie, the browser, else Chinese."""

from flask import request

_CHINESE = ("zh", "zh-CN", "zh-Hans", "zh-Hans-CN", "zh-TW", "zh-HK")


def choose_language() -> str:
    """Return "zh" or "en"."""
    asked = request.args.get("lang") or request.cookies.get("lang")
    if asked in {"zh", "en"}:
        return str(asked)
    best = request.accept_languages.best_match([*_CHINESE, "en", "en-US", "en-GB"])
    return "en" if best and best.startswith("en") else "zh"
