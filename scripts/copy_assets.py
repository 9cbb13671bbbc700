"""Copy the browser files, icons and print fonts out of node_modules: `python scripts/copy_assets.py`.

Everything lands in folders that git ignores: platform/web/static/vendor (hashed and zipped) and platform/web/fonts.
"""

import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "platform"))

from web.assets import (  # noqa: E402 - the source root is not installed
    RESET,
    STATIC,
    STYLES,
    VENDOR,
    joined_styles,
    own_files,
    publish,
    write_whole,
)

PACKAGES = ROOT / "node_modules"
FONTS = ROOT / "platform" / "web" / "fonts"
ICONS = ROOT / "platform" / "web" / "icons.txt"
BROWSER_FILES = (
    "bootstrap/dist/css/bootstrap-reboot.min.css",
    "echarts/dist/echarts.common.min.js",
    "htmx.org/dist/htmx.min.js",
    "swagger-ui-dist/swagger-ui.css",
    "swagger-ui-dist/swagger-ui-bundle.js",
)
FONT_FILES = (
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
    "@expo-google-fonts/noto-sans-hk/400Regular/NotoSansHK_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT",
)
LICENCES = (
    "bootstrap/LICENSE",
    "echarts/LICENSE",
    "echarts/NOTICE",
    "htmx.org/LICENSE",
    "swagger-ui-dist/LICENSE",
    "@tabler/icons/LICENSE",
)


def main() -> int:
    """Make both folders anew; 1 with the reason if a file is missing."""
    sources = (*BROWSER_FILES, *FONT_FILES, *LICENCES)
    missing = [name for name in sources if not (PACKAGES / name).is_file()]
    missing += [f"@tabler/icons: {name}" for name in icon_names() if not icon_path(name).is_file()]
    if missing:
        print(f"Missing in node_modules: {', '.join(missing)}. Run: make assets", file=sys.stderr)
        return 1
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_fonts()
    copy_licences()
    write_whole(VENDOR / "icons.json", as_json({name: icon_path(name).read_text("utf-8") for name in icon_names()}))
    write_whole(VENDOR / "manifest.json", as_json(published()))  # last: its presence says that all is there
    return 0


def published() -> dict[str, str]:
    """Publish the browser files and our own; return their hashed names by name."""
    names = {f"vendor/{Path(source).name}": PACKAGES / source for source in BROWSER_FILES}
    names |= {name: STATIC / name for name in own_files()}
    found = {name: publish(name, path.read_bytes()) for name, path in sorted(names.items())}
    return found | {STYLES: publish(STYLES, joined_styles(names[RESET]))}


def icon_names() -> list[str]:
    """Return the icons that pages use, one a line in icons.txt."""
    return sorted({line.strip() for line in ICONS.read_text("utf-8").splitlines() if line.strip()})


def icon_path(name: str) -> Path:
    return PACKAGES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"


def copy_fonts() -> None:
    """Copy the fonts that prints need."""
    for name in FONT_FILES:
        write_whole(FONTS / Path(name).name, (PACKAGES / name).read_bytes())


def copy_licences() -> None:
    """Keep each package's licence beside its files."""
    for name in LICENCES:
        owner = name.removesuffix("/LICENSE").replace("/", "-").lstrip("@")
        write_whole(VENDOR / "licences" / f"{owner}.txt", (PACKAGES / name).read_bytes())


def as_json(value: dict[str, str]) -> bytes:
    return json.dumps(value, indent=1, sort_keys=True).encode()


if __name__ == "__main__":
    sys.exit(main())
