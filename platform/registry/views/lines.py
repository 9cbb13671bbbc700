"""Values of the file as lines of a page: what is sensitive stays covered until it is revealed for a purpose."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.i18n import _
from core.privacy import Visibility, field_of
from registry.forms.step import StepForm

Rows = list[dict[str, str]]
NOTHING: Mapping[str, str] = MappingProxyType({})


def columns_of(row: Any) -> Mapping[str, Any]:
    """Return the values of a row by column; nothing for no row."""
    return {} if row is None else {part.key: getattr(row, part.key) for part in row.__mapper__.column_attrs}


def is_sensitive(model: Any, name: str) -> bool:
    """Return whether the column of this name is of the highest class."""
    column = model.__table__.columns.get(name)
    field = None if column is None else field_of(column)
    return field is None or field.visibility is Visibility.P3


def value_rows(
    form: StepForm, values: Mapping[str, Any], model: Any, *, revealed: bool, hidden: Mapping[str, str] = NOTHING
) -> list[dict[str, Any]]:
    """Return the fields of a form in their groups, as the file says them; groups without a value are left out.

    `hidden` names the fields that have a value which may not be shown, with the words that stand there instead.
    """
    groups = []
    for group, fields in form.sections():
        rows: Rows = []
        for field in fields:
            raws = field.raws(values.get(field.name))
            if field.name in hidden:
                rows.append({"name": str(field.label.text), "value": hidden[field.name]})
            elif raws:
                rows.append({"name": str(field.label.text), "value": _shown(field, raws, model, revealed=revealed)})
        if rows:
            groups.append({"title": str(group.title), "rows": rows})
    return groups


def not_collected(form: StepForm, values: Mapping[str, Any]) -> list[str]:
    """Return the fields of which the file says nothing: not collected is neither a no nor a nought.

    Folded groups are for whom they concern; nobody misses them.
    """
    return [
        str(field.label.text)
        for group, fields in form.sections()
        for field in fields
        if not group.folded and not field.raws(values.get(field.name))
    ]


def _shown(field: Any, raws: list[str], model: Any, *, revealed: bool) -> str:
    if not revealed and is_sensitive(model, field.name):
        return _("On file, covered")
    return str(field.said(raws))
