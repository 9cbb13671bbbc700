"""Facts that stop an action, named after what is the case; mapped to HTTP once, in `web.error_handlers`."""

from typing import Any

from core.i18n import LazyString, _l


class Refused(Exception):
    """A rule of the field stopped the action. `code` is for machines, `detail` for people."""

    status = 409
    code = "refused"
    detail: str | LazyString = _l("This is not possible now.")

    def __init__(self, detail: str | LazyString | None = None, *, code: str | None = None, **facts: Any) -> None:
        super().__init__(code or self.code)
        self.code = code or self.code
        if detail is not None:
            self.detail = detail
        self.facts = facts


class NotFound(Refused):
    """Not there, or not the actor's to see."""

    status = 404
    code = "not_found"
    detail = _l("This page does not exist, or has expired and was taken down.")


class Gone(Refused):
    """It was public once and was taken down."""

    status = 410
    code = "gone"
    detail = _l("This was taken down.")


class NotSignedIn(Refused):
    status = 401
    code = "not_signed_in"
    detail = _l("Please sign in first.")


class NotPermitted(Refused):
    """The actor's roles do not allow it; `facts["roles"]` names the roles that may."""

    status = 403
    code = "not_permitted"
    detail = _l("Your role may not do this.")


class WrongState(Refused):
    """The workflow knows no such transition from the present state."""

    code = "wrong_state"
    detail = _l("This step is not possible in the present state.")


class ChangedMeanwhile(Refused):
    code = "changed_meanwhile"
    detail = _l("Somebody has just changed this. Please look again before you decide.")


class Malformed(Refused):
    status = 400
    code = "malformed"
    detail = _l("The request could not be read.")


class NotValid(Refused):
    """Understood but not valid; `errors` maps field names to messages."""

    status = 422
    code = "not_valid"
    detail = _l("Some fields are missing or not valid.")

    def __init__(self, errors: dict[str, list[str | LazyString]] | None = None, **facts: Any) -> None:
        super().__init__(**facts)
        self.errors = errors or {}


class TooManyRequests(Refused):
    status = 429
    code = "too_many_requests"
    detail = _l("Too many attempts. Please wait.")

    def __init__(self, *, retry_after: int, **facts: Any) -> None:
        super().__init__(**facts)
        self.retry_after = retry_after


class StartupRefused(Exception):
    """The application may not start; the message is one line that says what to do."""


CONSTRAINT_REFUSALS: dict[str, tuple[str, str | LazyString]] = {}


def map_constraint(name: str, code: str, detail: str | LazyString) -> None:
    """Say once which refusal a violated database constraint means; it becomes a 409 at the door."""
    CONSTRAINT_REFUSALS[name] = (code, detail)


def refusal_for_constraint(name: str | None) -> Refused:
    """Return the refusal that belongs to a violated constraint."""
    code, detail = CONSTRAINT_REFUSALS.get(name or "", ("conflict", ChangedMeanwhile.detail))
    return Refused(detail, code=code, constraint=name or "")
