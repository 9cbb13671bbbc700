"""Settings: read once from the environment, passed on as a value."""

import json
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Secrets:
    """Keys of this deployment: texts, the encryption keys newest first."""

    secret_key: str
    encryption_keys: tuple[str, ...]
    index_key: str


@dataclass(frozen=True)
class Settings:
    """Everything that a deployment may set. Names and meaning: docs/operator-guide.md."""

    var: Path
    secrets: Secrets
    admin_url: str | None
    owner_url: str | None
    app_url: str | None
    base_url: str
    demo: bool
    totp_required: bool
    secure_cookies: bool
    smtp_url: str | None
    mail_from: str
    supervision_phone: str
    site_name: str
    testing: bool

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment; secrets not given there come from `var/secrets.json`, made at first use."""
        env = os.environ if environ is None else environ
        var = Path(env.get("JIEDUI_VAR", "var")).resolve()
        base_url = env.get("BASE_URL", f"http://127.0.0.1:{env.get('PORT', '8000')}").rstrip("/")
        return cls(
            var=var,
            secrets=_secrets(env, var / "secrets.json"),
            admin_url=_psycopg(env.get("DATABASE_URL")),
            owner_url=_psycopg(env.get("OWNER_DATABASE_URL")),
            app_url=_psycopg(env.get("APP_DATABASE_URL")),
            base_url=base_url,
            demo=_flag(env, "DEMO", default=True),
            totp_required=_flag(env, "TOTP_REQUIRED", default=not _flag(env, "DEMO", default=True)),
            secure_cookies=base_url.startswith("https://"),
            smtp_url=env.get("SMTP_URL"),
            mail_from=env.get("MAIL_FROM", "jiedui@localhost"),
            supervision_phone=env.get("SUPERVISION_PHONE", "0776-000 0000"),
            site_name=env.get("SITE_NAME", ""),
            testing=_flag(env, "TESTING", default=False),
        )


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "").strip().lower()
    return default if not value else value not in {"0", "no", "false", "off"}


def _psycopg(url: str | None) -> str | None:
    """Return the address with SQLAlchemy's driver name, or None."""
    if not url:
        return None
    head, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if head in {"postgres", "postgresql"} else url


def _secrets(env: Mapping[str, str], path: Path) -> Secrets:
    if "SECRET_KEY" in env and "ENCRYPTION_KEYS" in env and "INDEX_KEY" in env:
        return Secrets(env["SECRET_KEY"], tuple(env["ENCRYPTION_KEYS"].split(",")), env["INDEX_KEY"])
    stored: dict[str, Any] = json.loads(path.read_text()) if path.exists() else _write_new(path)
    return Secrets(stored["secret_key"], tuple(stored["encryption_keys"]), stored["index_key"])


def _write_new(path: Path) -> dict[str, Any]:
    values: dict[str, Any] = {
        "secret_key": secrets.token_urlsafe(48),
        "encryption_keys": [urlsafe_b64encode(secrets.token_bytes(32)).decode()],
        "index_key": urlsafe_b64encode(secrets.token_bytes(32)).decode(),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was first
        return dict(json.loads(path.read_text()))
    with os.fdopen(handle, "w") as file:
        json.dump(values, file)
    return values


_configured: list[Settings] = []


def configure(settings: Settings) -> None:
    """Set the settings of this process."""
    _configured[:] = [settings]


def current() -> Settings:
    """Return this process's settings, read from the environment at first use."""
    if not _configured:
        configure(Settings.load())
    return _configured[0]
