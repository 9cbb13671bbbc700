"""Print the steps of both policy packs of identification into the documents.

PYTHONPATH=platform python scripts/case_steps.py
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.policy_packs import shipped_value
from identification.case_packs import PACKS
from identification.workflow import case_workflow

TARGET = Path(__file__).resolve().parents[1] / "docs" / "identification-steps.md"
HEAD = """# Steps of identification cases

Printed from the policy packs by `scripts/case_steps.py`; a test compares.
The rules stand in domain.md 3.2, 3.9 and 5.5.
"""


def printed() -> str:
    """Return the document."""
    return "\n".join([HEAD, *(line for code in PACKS for line in _pack(shipped_value(code)))]).rstrip() + "\n"


def _pack(pack: dict[str, Any]) -> Iterator[str]:
    yield f"## {pack['code']}\n"
    yield "| step | from | to | who | guards | words |\n|---|---|---|---|---|---|"
    for row in pack["transitions"]:
        cells = (
            row["name"],
            ", ".join(str(name or "–") for name in row["from"]),
            str(row["to"] or "same"),
            ", ".join(row["who"]),
            ", ".join(row.get("guards", ())),
            "yes" if row.get("reason") else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield "\n| state | days | office | then |\n|---|---|---|---|"
    for stage, rule in pack["days"].items():
        days = f"{rule['working_days']} working" if "working_days" in rule else str(rule["days"])
        yield f"| {stage} | {days} | {rule['office']} | {rule.get('then', '')} |"
    yield f"\n```mermaid\n{case_workflow(pack).diagram()}\n```\n"


if __name__ == "__main__":
    TARGET.write_text(printed(), encoding="utf-8")
