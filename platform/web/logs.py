"""Structured logs: one JSON line each, constants and ids only, no personal data."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_DIGITS = re.compile(r"\d{11,}[Xx]?")
_BREAKS = re.compile(r"[\r\n\x00-\x1f]+")


def install_logs() -> None:
    """Configure structlog for this process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stderr, format='{"level":"%(levelname)s","logger":"%(name)s"}'
    )


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take out long numbers and the values of a database error, which may hold personal data."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _DIGITS.sub(
                "[number]", _strip_values(value) if name == "exception" else _BREAKS.sub(" ", value)
            )
    return event


def _strip_values(trace: str) -> str:
    kept = [
        line for line in trace.splitlines() if not line.lstrip().startswith(("DETAIL:", "[parameters:", "CONTEXT:"))
    ]
    return "\n".join(kept)
