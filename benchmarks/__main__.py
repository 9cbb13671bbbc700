"""`python -m benchmarks`: measure all (or those named), print a table, write build/bench.json."""

import os
import platform
import signal
import sys
import time
from collections.abc import Callable

from benchmarks import ROOT, deep_paging, hot_need, list_page, printing, recording, regional, search, sheet
from benchmarks.figures import Figure, table, write
from benchmarks.filling import SIZES
from benchmarks.server import Bench, opened
from core.errors import StartupRefused

PARTS: dict[str, Callable[[Bench], list[Figure]]] = {
    "P1": list_page.measure,
    "P3": deep_paging.measure,
    "P5": search.measure,
    "P6": sheet.measure,
    "P8": hot_need.measure,
    "P9": recording.measure,
    "P11": regional.measure_import,
    "QUOTAS": regional.measure_quotas,
    "PRINT": printing.measure,
}


def main(arguments: list[str]) -> int:
    name = os.environ.get("SCALE", "small")
    chosen = [part.upper() for part in arguments] or list(PARTS)
    if name not in SIZES or not set(chosen) <= set(PARTS):
        print(f"Usage: SCALE={'|'.join(SIZES)} python -m benchmarks [{' '.join(PARTS)}]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers are ended on the way out
    try:
        figures = _measure(name, chosen)
    except StartupRefused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    write(figures, ROOT / "build" / "bench.json")
    print(f"\n{table(figures)}\n\n{_machine()}")
    return 0


def _measure(name: str, chosen: list[str]) -> list[Figure]:
    began = time.monotonic()
    print(f"Filling {SIZES[name].needs:,} needs if they are not there yet ...", flush=True)
    found: list[Figure] = []
    with opened(SIZES[name]) as bench:
        for part in chosen:
            print(f"{time.monotonic() - began:6.0f} s  {part}", flush=True)
            found += PARTS[part](bench)
    print(f"{time.monotonic() - began:6.0f} s  done", flush=True)
    return found


def _machine() -> str:
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} processors, Python {platform.python_version()}, load {load}."
        " Ratios were measured in turns in this run; single values mean little on another machine or day."
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
