"""The entries of the menus; an entry stands here only if its page exists."""

from dataclasses import dataclass

from core.i18n import LazyString, _l


@dataclass(frozen=True)
class Entry:
    """A link of the menu; `section` is what a page sets to be marked as the current one."""

    section: str
    href: str
    text: str | LazyString


PUBLIC_MENU = (
    Entry("needs", "/needs", _l("Find needs")),
    Entry("fulfilled", "/fulfilled", _l("Fulfilled")),
    Entry("records", "/help/records", _l("Public ledger")),
    Entry("data", "/open-data", _l("Open data")),
    Entry("help", "/help", _l("Help")),
)

DESK_MENU = (
    Entry("desk", "/desk", _l("My tasks")),
    Entry("needs", "/needs", _l("Needs")),
    Entry("records", "/help/records", _l("Records")),
    Entry("help", "/help", _l("Help")),
)
