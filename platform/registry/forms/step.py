"""What all steps of a survey have in common: read from pairs as they were typed, written back as pairs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from werkzeug.datastructures import MultiDict
from wtforms import Field

from core.forms import BaseForm
from core.i18n import LazyString
from registry.forms.fields import answer_of

Pairs = list[tuple[str, str]]
CONTROL = frozenset({"csrf_token", "idempotency_key", "base", "revision", "go", "copy", "settle", "by"})


@dataclass(frozen=True)
class Group:
    """Fields that stand together under a heading; `folded` ones are opened by whoever needs them."""

    title: LazyString | str
    names: tuple[str, ...]
    folded: bool = False
    money: bool = False


class StepForm(BaseForm):
    """One step. Nothing in it is filled beforehand; what stands on file is offered beside the field."""

    groups: ClassVar[tuple[Group, ...]] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], **options: Any) -> Self:
        """Return the form as it was typed."""
        typed = MultiDict([(name, value) for name, value in pairs if name not in CONTROL])
        return cls(typed or MultiDict({"": ""}), **options)

    def sections(self) -> Iterable[tuple[Group, list[Field]]]:
        """Yield the groups with their fields, in the order of the paper form."""
        for group in self.groups:
            yield group, [self[name] for name in group.names if name in self]

    def answers(self) -> dict[str, Any]:
        """Return what the services take: one value for each field, None where nothing was said."""
        return {name: _none_if_empty(answer_of(field)) for name, field in self._fields.items()}

    def raws_of(self, values: Mapping[str, Any]) -> dict[str, list[str]]:
        """Return what somebody would type to say these values of the file; fields without a value are left out."""
        found = {name: field.raws(values[name]) for name, field in self._fields.items() if name in values}
        return {name: raws for name, raws in found.items() if raws}


def _none_if_empty(value: Any) -> Any:
    return None if value == "" else value


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the values of each name, empty ones left out."""
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip() and name not in CONTROL:
            found.setdefault(name, []).append(value)
    return found


def paired(values: Mapping[str, Sequence[str]]) -> Pairs:
    """Return values by name as pairs."""
    return [(name, value) for name, raws in values.items() for value in raws]
