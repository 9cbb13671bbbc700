"""Where a command finds its database: given addresses, or the embedded server that runs beside the project."""

from dataclasses import replace

from sqlalchemy import make_url

from core.embedded_postgres import running_url
from core.errors import StartupRefused
from core.provision.connecting import with_password
from core.provision.roles import APP, role_address
from core.settings import Settings

DATA = "postgres"


def preparing_settings(settings: Settings) -> Settings:
    """Return settings that `prepare` can work with, or raise StartupRefused."""
    if settings.admin_url or (settings.owner_url and settings.app_url):
        return settings
    running = running_url(settings.var / DATA)
    if running is None:
        raise StartupRefused("No database is running here: start it with make run, or set DATABASE_URL.")
    return replace(settings, admin_url=running)


def application_url(settings: Settings) -> str:
    """Return the address of the application's role, or raise StartupRefused."""
    if settings.app_url:
        return settings.app_url
    found = preparing_settings(settings).admin_url
    if found is None:
        raise StartupRefused("Set APP_DATABASE_URL.")
    return with_password(role_address(make_url(found), APP))
