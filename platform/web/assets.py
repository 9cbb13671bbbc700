"""Static files under names that change with their content, so that browsers may keep them for ever.

Our style sheets are written in parts and served as one file, behind the reset: one request instead of ten.
"""

import gzip
import hashlib
import json
import os
import re
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from core.errors import StartupRefused

STATIC = Path(__file__).resolve().parent / "static"
VENDOR = STATIC / "vendor"
OWN_FOLDERS = ("css", "js", "img")
STYLES = "css/jiedui.css"
RESET = "vendor/bootstrap-reboot.min.css"
_PARTS = (
    *("tokens", "type", "layout", "parts", "forms", "pages", "desk", "registers"),
    *("notices", "rounds", "meetings", "cases", "print"),
)
SHEETS = tuple(f"css/{name}.css" for name in _PARTS)
ZIPPED = {".css", ".js", ".svg"}
_MAP_COMMENT = re.compile(rb"\s*(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*\Z")


def asset(name: str) -> str:
    """Return the address of a static file such as "css/type.css"; KeyError if there is none."""
    return f"/static/{manifest()[name]}"


@cache
def manifest() -> dict[str, str]:
    """Return the names of all static files. Our own that changed since set-up are published again, once a process.

    Raises StartupRefused where set-up was not run.
    """
    path = VENDOR / "manifest.json"
    try:
        known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StartupRefused("The browser files are missing. Run: make assets") from None
    return known | publish_changed(path.stat().st_mtime, known)


def publish_changed(since: float, known: dict[str, str]) -> dict[str, str]:
    """Publish our own files that are new or were changed after `since`; a folder that may not be written is left."""
    if not os.access(VENDOR, os.W_OK):
        return {}
    changed = [name for name in own_files() if name not in known or _is_newer(name, since)]
    found = {name: publish(name, (STATIC / name).read_bytes()) for name in changed}
    parts = [name for name in SHEETS if (STATIC / name).is_file()]
    if RESET in known and (STYLES not in known or any(_is_newer(name, since) for name in parts)):
        found[STYLES] = publish(STYLES, joined_styles(STATIC / known[RESET]))
    return found


def _is_newer(name: str, since: float) -> bool:
    return (STATIC / name).stat().st_mtime > since


def joined_styles(reset: Path) -> bytes:
    """Return the reset and all our style sheets as one, in their order."""
    return b"\n".join(path.read_bytes() for path in (reset, *(STATIC / name for name in SHEETS)))


def own_files() -> list[str]:
    """Return our own static files, relative to the folder, but for the style sheets that are served as one."""
    found = (path for folder in OWN_FOLDERS for path in (STATIC / folder).rglob("*") if path.is_file())
    return sorted({path.relative_to(STATIC).as_posix() for path in found} - set(SHEETS))


def publish(name: str, content: bytes) -> str:
    """Write a file under its hashed name, and zipped beside it; return that name relative to the static folder."""
    content = _MAP_COMMENT.sub(b"\n", content)
    source = Path(name)
    digest = hashlib.sha256(content).hexdigest()[:12]
    folder = Path("vendor") / source.parent.relative_to("vendor" if source.parts[0] == "vendor" else "")
    hashed = folder / f"{source.stem}.{digest}{source.suffix}"
    write_whole(STATIC / hashed, content)
    if source.suffix in ZIPPED:
        write_whole(STATIC / f"{hashed}.gz", gzip.compress(content, 9, mtime=0))
    return hashed.as_posix()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.chmod(file.name, 0o644)
    os.replace(file.name, path)
