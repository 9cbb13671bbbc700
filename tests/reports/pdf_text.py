"""What a reader sees in a PDF of ours: the text of each page, through the fonts' own tables."""

import re
import zlib
from dataclasses import dataclass

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\s*(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)endstream", re.DOTALL)
CHARACTERS = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
# A string in brackets may hold further brackets if they close again; ours hold one level at most.
STRING = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"
SPOKEN = re.compile(rb"/(ActualText|Lang|Alt)\s*(<[^>]*>|\([^)]*\))|<<|>>")
SHOWN = re.compile(rb"/(\w+) [\d.]+ Tf|(" + STRING + rb"|<[0-9A-Fa-f\s]*>)|\b(ET)\b", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass
class Document:
    """The objects of a PDF by their numbers."""

    objects: dict[int, bytes]

    def stream(self, number: int) -> bytes:
        found = STREAM.search(self.objects[number])
        assert found is not None
        packed = found.group(1)
        return zlib.decompressobj().decompress(packed) if b"FlateDecode" in self.objects[number] else packed

    def characters(self, font: int) -> dict[int, str]:
        """Return glyph → text of a font."""
        named = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        if named is None:
            return {}
        table = self.stream(int(named.group(1)))
        blocks = re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        pairs = [pair for block in blocks for pair in CHARACTERS.findall(block)]
        return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page; what is set apart is parted by a space."""
    document = Document({int(number): body for number, body in OBJECT.findall(pdf)})
    pages = [body for _, body in sorted(document.objects.items()) if re.search(rb"/Type\s*/Page\b", body)]
    return [_page_text(document, page) for page in pages]


def _page_text(document: Document, page: bytes) -> str:
    fonts = _fonts(document, page)
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content is not None
    shown: list[str] = []
    table: dict[int, str] = {}
    for name, text, end in SHOWN.findall(SPOKEN.sub(b"", document.stream(int(content.group(1))))):
        if name:
            table = fonts.get(name, {})
        elif end:
            shown.append(" ")
        else:
            shown.append(_decoded(text, table))
    return " ".join("".join(shown).split())


def _fonts(document: Document, page: bytes) -> dict[bytes, dict[int, str]]:
    named = re.search(rb"/Resources (\d+) 0 R", page)
    place = document.objects[int(named.group(1))] if named else page
    listed = re.search(rb"/Font\s*<<(.*?)>>", place, re.DOTALL)
    pairs = re.findall(rb"/(\w+) (\d+) 0 R", listed.group(1)) if listed else []
    return {name: document.characters(int(number)) for name, number in pairs}


def _decoded(text: bytes, table: dict[int, str]) -> str:
    raw = bytes.fromhex(re.sub(rb"\s", b"", text[1:-1]).decode()) if text[:1] == b"<" else _unescaped(text[1:-1])
    codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return "".join(table.get(code, "") for code in codes)


def _unescaped(text: bytes) -> bytes:
    def plain(found: re.Match[bytes]) -> bytes:
        word = found.group(1)
        return bytes([int(word, 8)]) if word[:1].isdigit() else ESCAPES.get(word, word)

    return re.sub(rb"\\([0-7]{1,3}|.)", plain, text, flags=re.DOTALL)
