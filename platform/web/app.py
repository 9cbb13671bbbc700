"""The application factory: settings in, WSGI application out."""

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from core.db import db
from core.errors import StartupRefused
from core.policy import Access
from core.settings import Settings, configure
from core.startup_checks import check
from web.api import install_api
from web.composition import blueprints, wire
from web.door import install_door, install_language
from web.error_handlers import install_error_handlers
from web.headers import install_headers
from web.logs import install_logs
from web.static_files import blueprint as web_blueprint
from web.templating import install_templating

FORM_LIMIT = 32 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application. Raises StartupRefused with one line if the database or a route is not as it must be."""
    settings = settings or Settings.load()
    configure(settings)
    install_logs()
    if settings.app_url is None:
        raise StartupRefused("No database. Start with: make run (or set APP_DATABASE_URL)")
    check(db.configure(settings.app_url))
    wire()
    app = _flask(settings)
    install_error_handlers(app)
    install_templating(app)
    install_headers(app)
    for blueprint in (web_blueprint, *blueprints("views")):
        app.register_blueprint(blueprint)
    install_language(app)
    protection = CSRFProtect(app)
    for blueprint in install_api(app):
        protection.exempt(blueprint)
    refuse_undeclared_routes(app)
    install_door(app)
    return app


def _flask(settings: Settings) -> Flask:
    app = Flask("web", static_folder=None, template_folder=None)
    app.secret_key = settings.secrets.secret_key
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_LIMIT,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure_cookies else "session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_ENABLED=not settings.testing,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]  # the default provider has it
    if settings.secure_cookies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]  # Flask's way
    return app


def refuse_undeclared_routes(app: Flask) -> None:
    """Stop the start if a route does not say who may enter."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not isinstance(getattr(view, "__access__", None), Access):
            raise StartupRefused(f"{rule.endpoint}: add @public, @signed_in or @requires(...)")
