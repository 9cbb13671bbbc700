"""What pages listen to."""

from typing import Any

from core.jobs import enqueue
from needs.events import need_withdrawn, publication_consent_withdrawn
from pages.jobs import write_open_data_again
from pages.services.open_data import take_back_open_data


def wire() -> None:
    """Take the files of open data back as soon as a need is taken down or withdrawn."""
    publication_consent_withdrawn.connect(_take_back, weak=False)
    need_withdrawn.connect(_take_back, weak=False)


def _take_back(sender: Any, **facts: Any) -> None:
    take_back_open_data()
    enqueue(write_open_data_again)
