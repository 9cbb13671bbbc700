"""The query of the JSON door: a field that an operation does not document is refused, as in bodies.

Otherwise a misspelt filter would be answered with more than was asked for. `lang` is understood everywhere.
"""

import re
from typing import Any

from flask import request

from core.errors import NotValid
from core.i18n import _l

EVERYWHERE = frozenset({"lang"})
UNKNOWN = _l("This field is not known here.")
_known: dict[tuple[str, str], frozenset[str]] = {}
_PARAMETER = re.compile(r"<(?:[^:<>]+:)?(\w+)>")


def learn_fields(paths: dict[str, Any]) -> None:
    """Learn from the OpenAPI document which query fields each operation has."""
    _known.clear()
    for path, operations in paths.items():
        for method, operation in operations.items():
            if isinstance(operation, dict):
                fields = [field for field in operation.get("parameters", ()) if field.get("in") == "query"]
                _known[path, method.upper()] = frozenset(field["name"] for field in fields) | EVERYWHERE


def refuse_unknown_fields() -> None:
    """Raise NotValid, 422, for a query field that the operation does not have."""
    rule, method = request.url_rule, "GET" if request.method == "HEAD" else request.method
    known = None if rule is None else _known.get((_PARAMETER.sub(r"{\1}", rule.rule), method))
    unknown = [] if known is None else [name for name in request.args if name not in known]
    if unknown:
        raise NotValid({name: [UNKNOWN] for name in unknown})
