"""The figures of `make bench`: ratios measured in one interleaved run, never tests."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "platform"

if str(SOURCE) not in sys.path:
    sys.path.insert(0, str(SOURCE))
