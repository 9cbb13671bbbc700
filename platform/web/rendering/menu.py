"""The entries of the menus and the fixed addresses; each stands here only if its page exists."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.i18n import LazyString, _l


@dataclass(frozen=True)
class Entry:
    """A link of the menu; `section` is what a page sets to be marked as the current one."""

    section: str
    href: str
    text: str | LazyString


PATHS: Mapping[str, str] = {
    "account": "/account",
    "desk": "/desk",
    "fulfilled": "/fulfilled",
    "help": "/help",
    "help_public": "/help/public",
    "home": "/",
    "my_case": "/my-case",
    "needs": "/needs",
    "notices": "/notices",
    "open_data": "/open-data",
    "own_reports": "/own-reports",
    "register": "/register",
    "report": "/report",
    "sign_in": "/login",
    "sign_out": "/logout",
    "slip": "/c",
    "stats": "/stats",
}

PUBLIC_MENU = (
    Entry("needs", PATHS["needs"], _l("Find needs")),
    Entry("fulfilled", PATHS["fulfilled"], _l("Fulfilled")),
    Entry("notices", PATHS["notices"], _l("Notices")),
    Entry("stats", PATHS["stats"], _l("Public ledger")),
    Entry("data", PATHS["open_data"], _l("Open data")),
    Entry("help", PATHS["help"], _l("Help")),
)

DESK_MENU = (
    Entry("desk", PATHS["desk"], _l("My tasks")),
    Entry("needs", PATHS["needs"], _l("Needs")),
    Entry("stats", PATHS["stats"], _l("Public ledger")),
    Entry("help", PATHS["help"], _l("Help")),
)
