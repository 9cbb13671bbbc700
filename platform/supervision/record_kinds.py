"""What update records of supervision may say."""

from core.i18n import LazyString, _l

KINDS: dict[str, LazyString] = {
    "issue.opened": _l("An issue was opened; the county looks into it"),
    "issue.closed": _l("The issue was closed"),
}
