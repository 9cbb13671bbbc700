"""Merge the sentences of the code into the Chinese catalogues, or check that nothing is missing.

    python scripts/messages.py [PACKAGE ...] [--check]

One catalogue for each package, so that two people seldom meet in one file. English needs none: it is the message ids.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from jinja2 import TemplateSyntaxError

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "platform"
CATALOGUES = ROOT / "translations" / "zh_Hans_CN" / "LC_MESSAGES"
TEMPLATE = ROOT / "translations" / "messages.pot"
KEYWORDS = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
TEMPLATES = ("templates/**.html", "templates/**.txt", "templates/**.xml")
METHODS = [("**.py", "python"), *((pattern, "jinja2.ext:babel_extract") for pattern in TEMPLATES)]
OPTIONS = {pattern: {"silent": "false"} for pattern in TEMPLATES}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")
LOCALE = "zh_Hans_CN"


def main(arguments: list[str]) -> int:
    """Run the command; 1 if a check found something."""
    check = "--check" in arguments
    named = [argument for argument in arguments if not argument.startswith("-")]
    unknown = [name for name in named if not (SOURCES / name).is_dir()]
    if unknown or (set(arguments) - set(named)) - {"--check"}:
        print(__doc__, file=sys.stderr)
        return 2
    packages = named or all_packages()
    if check:
        faults = [fault for package in packages for fault in faults_of(package)]
        faults += [] if named else [*orphans(), *conflicts()]
        print("\n".join(faults) or f"{len(packages)} catalogues are complete.")
        return int(bool(faults))
    for package in packages:
        print(f"{package}: {merge(package)}")
    if not named:
        write(TEMPLATE, union(packages))
    return 0


def all_packages() -> list[str]:
    """Return the packages of the source root that have a word to say."""
    return sorted(path.parent.name for path in SOURCES.glob("*/__init__.py") if extract(path.parent.name))


def orphans() -> list[str]:
    """Return a line for each catalogue whose package is gone."""
    known = set(all_packages())
    return [f"{path.name}: no such package" for path in sorted(CATALOGUES.glob("*.po")) if path.stem not in known]


def conflicts() -> list[str]:
    """Return a line for each sentence that two catalogues say differently: at run time there is one Chinese for it."""
    said: dict[str, tuple[str, tuple[str, ...]]] = {}
    faults = []
    for path in sorted(CATALOGUES.glob("*.po")):
        for message in filter(is_filled, sentences(load(path.stem))):
            owner, chinese = said.setdefault(first(message), (path.stem, texts(message.string)))
            if chinese != texts(message.string):
                faults.append(f"{path.stem}: said differently in {owner}: {first(message)}")
    return faults


def extract(package: str) -> Catalog:
    """Return the sentences of a package, without places and dates so that diffs stay small."""
    found = Catalog(fuzzy=False)
    seen = [""]
    try:
        for _, _, message, comments, context in extract_from_dir(
            str(SOURCES / package),
            METHODS,
            OPTIONS,
            KEYWORDS,
            ("Translators:",),
            lambda name, *_: seen.append(name),
        ):
            found.add(message, auto_comments=comments, context=context)
    except TemplateSyntaxError as error:
        sys.exit(f"platform/{package}/{seen[-1]}, line {error.lineno}: {error.message}")
    return found


def union(packages: list[str]) -> Catalog:
    """Return the sentences of many packages."""
    joined = Catalog(fuzzy=False)
    for package in packages:
        for message in sentences(extract(package)):
            joined.add(message.id, auto_comments=message.auto_comments)
    return joined


def sentences(catalogue: Catalog) -> Iterator[Message]:
    """Yield the messages without the header."""
    yield from (message for message in catalogue if message.id)


def merge(package: str) -> str:
    """Bring a package's catalogue up to date: keep what is still said anywhere, drop what is not, guess nothing."""
    wanted, sources = extract(package), [load(package), *others(package)]
    path = CATALOGUES / f"{package}.po"
    merged = Catalog(locale=LOCALE, fuzzy=False)
    for message in sentences(wanted):
        merged.add(message.id, known_chinese(message, sources), auto_comments=message.auto_comments)
    if len(merged):
        write(path, merged)
    elif path.exists():
        path.unlink()
    empty = sum(not is_filled(message) for message in sentences(merged))
    return f"{len(merged)} sentences, {empty} without Chinese"


def others(package: str) -> list[Catalog]:
    """Return the catalogues of the other packages: what they say already is said the same way here."""
    return [load(path.stem) for path in sorted(CATALOGUES.glob("*.po")) if path.stem != package]


def known_chinese(message: Message, sources: list[Catalog]) -> str | tuple[str, ...] | list[str]:
    """Return the first Chinese that a catalogue has for the sentence, or nothing."""
    for catalogue in sources:
        old = catalogue.get(message.id)
        if old is not None and same_shape(old, message) and is_filled(old):
            return old.string or ""
    return ""


def same_shape(old: Message, new: Message) -> bool:
    """Return whether both are plural or both are not."""
    return isinstance(old.string, tuple) == new.pluralizable


def load(package: str) -> Catalog:
    """Return a package's catalogue, empty if there is none yet."""
    path = CATALOGUES / f"{package}.po"
    if not path.exists():
        return Catalog(locale=LOCALE, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, abort_invalid=True)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue with as little of a header as readers need."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=True, sort_output=True, no_location=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    if catalogue.locale:
        head += f'"Language: {LOCALE}\\n"\n"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    text = head + "\n" + buffer.getvalue().decode().rstrip("\n") + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def faults_of(package: str) -> Iterator[str]:
    """Yield a line for each sentence that is missing, empty, obsolete, fuzzy, or has other placeholders."""
    wanted, known = extract(package), load(package)
    for message in sentences(wanted):
        translated = known.get(message.id)
        fault = "missing" if translated is None else fault_of(translated, message)
        if fault:
            yield f"{package}: {fault}: {first(message)}"
    for message in sentences(known):
        if message.id not in wanted:
            yield f"{package}: obsolete: {first(message)}"


def fault_of(translated: Message, source: Message) -> str | None:
    """Return what is wrong with a translation, or None."""
    if not same_shape(translated, source):
        return "plural and singular differ"
    if not is_filled(translated):
        return "empty"
    if translated.fuzzy:
        return "fuzzy"
    said = {name for text in texts(translated.string) for name in placeholders(text)}
    meant = {name for text in texts(source.id) for name in placeholders(text)}
    return None if said == meant else f"placeholders differ ({', '.join(sorted(said ^ meant))})"


def is_filled(message: Message) -> bool:
    """Return whether every form of the sentence has words."""
    return all(text.strip() for text in texts(message.string)) and bool(message.string)


def texts(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the forms of a sentence."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def placeholders(text: str) -> set[str]:
    """Return the named values of a sentence; a lone per cent sign counts as a mistake of its own."""
    named = {match.group(1) for match in PLACEHOLDER.finditer(text) if match.group(1)}
    bare = "%(" in text and "%" in PLACEHOLDER.sub("", text)
    return named | ({"%"} if bare else set())


def first(message: Message) -> str:
    """Return the sentence, or its singular."""
    return texts(message.id)[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
