"""The WSGI door: `wsgi:app` for any server."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))

from core.errors import StartupRefused
from web.app import create_app
from web.assets import manifest

try:
    manifest()
    app = create_app()
except StartupRefused as refusal:
    sys.exit(str(refusal))
