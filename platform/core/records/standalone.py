"""Check an export of update records. Needs Python 3.11 and nothing else: copy this one file anywhere.

    python standalone.py EXPORT.jsonl [--max-age-hours N] [--json]

Exit codes: 0 everything fits, 1 something was changed, 2 the export is not complete, 3 it is older than asked for.

An export is JSON lines: a header, each stream's records and then its head, and an end line with the counts.
A record's hash is SHA-256 over a zero byte and these fields, each prefixed by its length as four bytes, big-endian:
"jiedui/v1", alg, stream, seq, at, actor, role, kind, reason, public, sealed, prev.

What this cannot show: a tail cut off together with its head, a stream left out whole, an end rewritten consistently.
For these one needs a checkpoint that somebody else kept. Signed checkpoints do not exist yet.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

OK, TAMPERED, INCOMPLETE, STALE = 0, 1, 2, 3
FORMAT = "jiedui/export/1"
DOMAIN = b"jiedui/v1"
ALGORITHM = "sha256"
TEXTS = ("stream", "at", "actor", "role", "kind", "reason", "public", "alg", "hash", "prev")
MOST_FINDINGS = 100


def chain_hash(texts: Iterable[str], sealed: bytes, prev: bytes) -> bytes:
    """Return a record's hash; `texts` are alg, stream, seq, at, actor, role, kind, reason, public in this order."""
    parts = [b"\0", len(DOMAIN).to_bytes(4, "big"), DOMAIN]
    for text in texts:
        raw = text.encode()
        parts += (len(raw).to_bytes(4, "big"), raw)
    parts += (len(sealed).to_bytes(4, "big"), sealed, len(prev).to_bytes(4, "big"), prev)
    return hashlib.sha256(b"".join(parts)).digest()


def record_hash(record: Mapping[str, Any]) -> bytes:
    """Return the hash that an exported record must have."""
    texts = (
        record["alg"],
        record["stream"],
        str(record["seq"]),
        record["at"],
        record["actor"],
        record["role"],
        record["kind"],
        record["reason"],
        record["public"],
    )
    return chain_hash(texts, bytes.fromhex(record["sealed"] or ""), bytes.fromhex(record["prev"]))


def written_time(moment: datetime) -> str:
    """Return a time as records hash it: UTC, six decimals, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Chain:
    """Follows streams record by record and notes what does not fit."""

    tampered: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    records: int = 0
    streams: int = 0
    found: int = 0
    stream: str = ""
    seq: int = 0
    at: str = ""
    hash: bytes = b""
    _finished: str = ""

    def step(self, stream: str, seq: int, at: str, alg: str, prev: bytes, stored: bytes, computed: bytes) -> None:
        """Take the next record of the present stream, or the first of a new one."""
        self.records += 1
        if stream != self.stream:
            self._begin(stream)
        if seq != self.seq + 1:
            self._say(self.tampered, f"{stream} {self.seq + 1}: number {seq} stands here")
        if prev != self.hash:
            self._say(self.tampered, f"{stream} {seq}: does not link to the record before it")
        if at < self.at:
            self._say(self.tampered, f"{stream} {seq}: is dated before the record before it")
        if alg != ALGORITHM:
            self._say(self.tampered, f"{stream} {seq}: unknown algorithm")
        if stored != computed:
            self._say(self.tampered, f"{stream} {seq}: its content does not have its hash")
        self.seq, self.at, self.hash = seq, at, computed

    def head(self, stream: str, seq: int, stored: bytes) -> None:
        """Compare a stream's end with its head."""
        if stream != self.stream:
            self._begin(stream)
        if (seq, stored) != (self.seq, self.hash):
            self._say(self.tampered, f"{stream}: the head says {seq}, the records end at {self.seq} or differ")
        self._finished = stream

    def end(self) -> None:
        """Finish the last stream."""
        if self.stream and self._finished != self.stream:
            self._say(self.incomplete, f"{self.stream}: its head is missing")

    def _begin(self, stream: str) -> None:
        self.end()
        if stream < self.stream:
            self._say(self.tampered, f"{stream}: streams are not in order, or one comes twice")
        self.streams += 1
        self.stream, self.seq, self.at, self.hash = stream, 0, "", b""

    def _say(self, findings: list[str], finding: str) -> None:
        self.found += 1
        if len(findings) < MOST_FINDINGS:
            findings.append(finding)


class NotReadable(Exception):
    """A line is not what an export has there."""


def check_lines(lines: Iterable[str], *, max_age: timedelta | None = None) -> tuple[int, Chain, dict[str, Any]]:
    """Return exit code, findings and header of an export."""
    chain = Chain()
    rows = iter(lines)
    try:
        header = _object(next(rows, ""))
        if header.get("format") != FORMAT:
            raise NotReadable("the first line is not the header of an export")
        end = _follow(rows, chain)
    except NotReadable as failure:
        chain.tampered.append(str(failure))
        return TAMPERED, chain, {}
    chain.end()
    _compare_counts(chain, end)
    return _verdict(chain, header, max_age), chain, header


def _follow(rows: Iterable[str], chain: Chain) -> dict[str, Any] | None:
    for line in rows:
        row = _object(line)
        if "end" in row:
            return dict(row["end"])
        try:
            _take(row, chain)
        except (KeyError, TypeError, ValueError, AttributeError) as failure:
            raise NotReadable(f"after record {chain.records}: a line is not a record") from failure
    return None


def _take(row: dict[str, Any], chain: Chain) -> None:
    if "head" in row:
        head = row["head"]
        chain.head(head["stream"], head["seq"], bytes.fromhex(head["hash"]))
        return
    if any(type(row[name]) is not str for name in TEXTS) or type(row["seq"]) is not int:
        raise TypeError("a field of a record has another type")
    prev, stored = bytes.fromhex(row["prev"]), bytes.fromhex(row["hash"])
    chain.step(row["stream"], row["seq"], row["at"], row["alg"], prev, stored, record_hash(row))
    if (
        row.get("ciphertext") is not None
        and hashlib.sha256(bytes.fromhex(row["ciphertext"])).hexdigest() != row["sealed"]
    ):
        chain.tampered.append(f"{row['stream']} {row['seq']}: the sealed part is not the one that was committed to")


def _object(line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as failure:
        raise NotReadable("a line is not JSON") from failure
    if not isinstance(row, dict):
        raise NotReadable("a line is not a JSON object")
    return row


def _compare_counts(chain: Chain, end: dict[str, Any] | None) -> None:
    if end is None:
        chain.incomplete.append("the end line is missing: the file was cut")
    elif (end.get("streams"), end.get("records")) != (chain.streams, chain.records):
        chain.incomplete.append("the end line counts other numbers of streams and records than the file holds")


def _verdict(chain: Chain, header: dict[str, Any], max_age: timedelta | None) -> int:
    if chain.tampered:
        return TAMPERED
    if chain.incomplete:
        return INCOMPLETE
    if max_age is not None and datetime.now(UTC) - datetime.fromisoformat(header["made_at"]) > max_age:
        return STALE
    return OK


def main(arguments: list[str] | None = None) -> int:
    """Check the file that the command line names; return the exit code."""
    parser = argparse.ArgumentParser(description="Check an export of update records.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--max-age-hours", type=float)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    max_age = None if asked.max_age_hours is None else timedelta(hours=asked.max_age_hours)
    with asked.file.open(encoding="utf-8") as lines:
        code, chain, header = check_lines(lines, max_age=max_age)
    sys.stdout.write(report(code, chain, header, as_json=asked.json) + "\n")
    return code


def report(code: int, chain: Chain, header: dict[str, Any], *, as_json: bool) -> str:
    """Return what was found, for people or for machines."""
    result = ("ok", "tampered", "incomplete", "stale")[code]
    findings = [*chain.tampered, *chain.incomplete]
    if as_json:
        facts = {"result": result, "records": chain.records, "streams": chain.streams, "findings": findings}
        return json.dumps(facts | {"made_at": header.get("made_at"), "checkpoint": None})
    lines = [f"{result}: {chain.records} records in {chain.streams} streams", *findings]
    lines.append("No checkpoint was compared: a cut tail, a missing stream or a rewritten end would not show.")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
