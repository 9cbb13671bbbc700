"""The WSGI door: `wsgi:app` for any server."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "platform"))

from core.errors import StartupRefused  # noqa: E402 - the source root is on the path only now
from web.app import create_app  # noqa: E402 - see above
from web.assets import manifest  # noqa: E402 - see above

try:
    manifest()
    app = create_app()
except StartupRefused as refusal:
    sys.exit(str(refusal))
