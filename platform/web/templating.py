"""Templates: one loader over all packages, the globals and filters that pages use."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from flask import Flask, g, request
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from core import i18n
from core.http import actor
from core.policy import can
from core.settings import current
from pages.views.door_words import account_line
from web.assets import asset
from web.composition import PACKAGES
from web.demo_flag import is_demo
from web.rendering import install as install_rendering
from web.site_name import site_name

SOURCE_ROOT_FOLDERS = ("web", *PACKAGES)


def install_templating(app: Flask) -> None:
    """Give Flask's environment the loaders, translations, globals and filters."""
    root = Path(__file__).resolve().parents[1]
    app.jinja_loader = ChoiceLoader([FileSystemLoader(root / name / "templates") for name in SOURCE_ROOT_FOLDERS])
    env = app.jinja_env
    env.autoescape = select_autoescape(default=True, default_for_string=True)
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=i18n.gettext, ngettext=_ngettext, newstyle=True
    )
    install_rendering(env)
    env.globals.update(
        asset=asset,
        label=i18n.label,
        idempotency_field=_idempotency_field,
        can=lambda permission, subject=None: can(actor(), permission, subject),
        options=lambda workflow, subject: workflow.options(subject, actor=actor()),
    )
    app.context_processor(_context)


def _ngettext(singular: str, plural: str, count: int, **values: Any) -> str:
    return i18n.ngettext(singular, plural, count)


def _idempotency_field() -> Markup:
    return Markup('<input type="hidden" name="idempotency_key" value="{}">').format(token_urlsafe(18))


def _context() -> dict[str, Any]:
    return {
        "account_line": account_line(actor()) if actor().is_signed_in else "",
        "actor": actor(),
        "language": g.get("language", "zh"),
        "demo": is_demo(),
        "county_name": site_name(),
        "supervision_phone": current().supervision_phone,
        "path": request.path,
        "query": request.args,
    }
