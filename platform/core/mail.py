"""Mail and text messages: into `var/outbox/` unless a mail server is set. Called by jobs only."""

import re
import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from core.settings import current

_LINE_BREAKS = re.compile(r"[\r\n]+")


def send_mail(to: str, subject: str, body: str) -> None:
    """Deliver one mail by SMTP, or lay it into the outbox folder."""
    message = EmailMessage()
    message["From"] = current().mail_from
    message["To"] = _one_line(to)
    message["Subject"] = _one_line(subject)
    message.set_content(body)
    if current().smtp_url:
        _deliver(message)
    else:
        _lay_down(f"{uuid4()}.eml", message.as_bytes())


def send_text(phone: str, body: str) -> None:
    """Lay a text message into the outbox folder; a gateway picks it up from there."""
    _lay_down(f"{uuid4()}.sms", f"{_one_line(phone)}\n{body}\n".encode())


def _one_line(value: str) -> str:
    return _LINE_BREAKS.sub(" ", value).strip()


def _lay_down(name: str, content: bytes) -> None:
    folder = current().var / "outbox"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / name).write_bytes(content)


def _deliver(message: EmailMessage) -> None:
    address = urlsplit(current().smtp_url or "")
    secure = address.scheme == "smtps"
    client = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with client(address.hostname or "localhost", address.port or (465 if secure else 25), timeout=30) as server:
        if not secure and server.has_extn("starttls"):
            server.starttls()
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)
