"""What pages listen to."""

from typing import Any

from needs.events import publication_consent_withdrawn
from pages.services.open_data import take_back_open_data


def wire() -> None:
    """Take the files of open data back as soon as a household no longer wants to be shown."""
    publication_consent_withdrawn.connect(_take_back)


def _take_back(sender: Any, **facts: Any) -> None:
    take_back_open_data()
