"""Fields of the registers: tolerant when they read, three-valued where "not asked" is not "no".

A field also knows how to write a value of the file as it would be typed (`raws`), and how people read it (`said`).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any
from unicodedata import normalize

from wtforms import Field, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from core.i18n import LazyString, _, label

YES, NO, UNKNOWN = "yes", "no", "unknown"
_DAY = re.compile(r"(\d{4})\D*?(\d{1,2})\D+?(\d{1,2})\D*|(\d{4})(\d{2})(\d{2})")
_GROUPING = re.compile(r"[,\s\u00a5\u5143]")


def plain(value: str) -> str:
    """Return what was typed with half-width digits and signs."""
    return normalize("NFKC", value).strip()


def choices_of(members: Iterable[StrEnum]) -> list[SelectChoice]:
    """Return the members of a closed set as choices."""
    return [SelectChoice(member.value, label(member)) for member in members]


class Written:
    """How a value of the file is typed, and how it is read."""

    def raws(self, value: Any) -> list[str]:
        """Return what somebody would type for the value; nothing if there is none."""
        return [] if value is None or value == "" else [str(value)]

    def said(self, raws: Sequence[str]) -> str:
        """Return what was typed as people read it."""
        return _(", ").join(raws)


class LineField(Written, StringField):  # type: ignore[misc]  # WTForms is untyped
    """A line of text; one that was not sent is empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = plain(valuelist[0]) if valuelist else (self.data or "")


class WordsField(Written, TextAreaField):  # type: ignore[misc]  # WTForms is untyped
    """Some lines of text; those that were not sent are empty."""

    data: str

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0].strip() if valuelist else (self.data or "")


class TypedField(Written, StringField):  # type: ignore[misc]  # WTForms is untyped
    """A value read from one line; what cannot be read stays as it was typed. Empty is None."""

    wrong = ""

    def parse(self, text: str) -> Any:
        """Return the value, or raise ValueError."""
        raise NotImplementedError

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = valuelist[0] if valuelist else ""
        self.data = None
        text = plain(self.typed)
        if not text:
            return
        try:
            self.data = self.parse(text)
        except (ValueError, InvalidOperation) as error:
            raise ValueError(self.words_if_wrong()) from error

    def words_if_wrong(self) -> str:
        return _("This cannot be read.")

    def _value(self) -> str:
        typed = getattr(self, "typed", "")
        return typed or "".join(self.raws(self.data))


class AmountField(TypedField):
    """An amount or a measure: full-width digits, commas and the sign of the yuan are read too."""

    def __init__(
        self,
        *args: Any,
        unit: LazyString | str = "",
        least: Decimal | None = Decimal(0),
        places: int = 2,
        **kwargs: Any,
    ) -> None:
        kwargs["render_kw"] = {"inputmode": "decimal", "autocomplete": "off"} | kwargs.get("render_kw", {})
        super().__init__(*args, **kwargs)
        self.unit, self.least, self.places = unit, least, places

    def parse(self, text: str) -> Decimal:
        value = Decimal(_GROUPING.sub("", text))
        if not value.is_finite() or abs(value) >= Decimal("1e12"):
            raise ValueError(text)
        return value

    def words_if_wrong(self) -> str:
        return _("Enter a number, for example 1200 or 3.5")

    def pre_validate(self, form: Any) -> None:
        if self.data is None:
            return
        if self.least is not None and self.data < self.least:
            raise ValidationError(_("Enter a number that is not below %(least)s.", least=self.least))
        if self.data != round(self.data, self.places):
            raise ValidationError(_("Enter at most %(places)s decimals.", places=self.places))

    def raws(self, value: Any) -> list[str]:
        return [] if value is None else [f"{Decimal(value).normalize():f}"]

    def said(self, raws: Sequence[str]) -> str:
        words = "".join(raws)
        try:
            words = f"{Decimal(_GROUPING.sub('', plain(words))):,f}" if words else ""
        except InvalidOperation:
            return words
        return f"{words}\u00a0{self.unit}" if self.unit and words else words


class WholeField(AmountField):
    """A whole number."""

    def __init__(self, *args: Any, most: int | None = None, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"inputmode": "numeric"} | kwargs.get("render_kw", {})
        super().__init__(*args, **kwargs)
        self.most = most

    def parse(self, text: str) -> int:  # type: ignore[override]  # a whole number is a narrower promise
        return int(_GROUPING.sub("", text))

    def words_if_wrong(self) -> str:
        return _("Enter a whole number, for example 4")

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.data is not None and self.most is not None and self.data > self.most:
            raise ValidationError(_("Enter a number that is not above %(most)s.", most=self.most))


class YearField(WholeField):
    """A year of four digits."""

    def words_if_wrong(self) -> str:
        return _("Enter a year of four digits, for example 2026")

    def pre_validate(self, form: Any) -> None:
        if self.data is not None and not 1900 <= self.data <= 2100:
            raise ValidationError(self.words_if_wrong())

    def said(self, raws: Sequence[str]) -> str:
        return "".join(raws)


class DayField(TypedField):
    """A day, typed in any of the usual ways: 2026-11-05, 2026/11/5, 20261105."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["render_kw"] = {"autocomplete": "off", "placeholder": "2026-11-05"} | kwargs.get("render_kw", {})
        super().__init__(*args, **kwargs)

    def parse(self, text: str) -> date:
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month, day = (int(part) for part in found.groups() if part)
        return date(year, month, day)

    def words_if_wrong(self) -> str:
        return _("Enter a day, for example 2026-11-05")


class YesNoField(Written, RadioField):  # type: ignore[misc]  # WTForms is untyped
    """Yes, no, or not asked; nothing is chosen beforehand. "Not asked" and no answer are None."""

    one_line = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("validate_choice", True)
        super().__init__(*args, coerce=str, **kwargs)
        self.choices = [SelectChoice(YES, _("Yes")), SelectChoice(NO, _("No")), SelectChoice(UNKNOWN, _("Not asked"))]

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else None

    def pre_validate(self, form: Any) -> None:
        if self.data not in {None, "", YES, NO, UNKNOWN}:
            raise ValidationError(_("Choose one of these."))

    @property
    def answer(self) -> bool | None:
        """Return the answer: True, False, or None where it was not asked."""
        return {YES: True, NO: False}.get(self.data or "")

    def raws(self, value: Any) -> list[str]:
        return [] if value is None else [YES if value else NO]

    def said(self, raws: Sequence[str]) -> str:
        words = {YES: _("Yes"), NO: _("No"), UNKNOWN: _("Not asked")}
        return "".join(words.get(raw, raw) for raw in raws)


class Chosen(Written):
    """Members of a closed set."""

    members: type[StrEnum]

    def raws(self, value: Any) -> list[str]:
        found = value if isinstance(value, list | tuple | set | frozenset) else ([] if value is None else [value])
        return [str(getattr(one, "value", one)) for one in found]

    def said(self, raws: Sequence[str]) -> str:
        known = {member.value: label(member) for member in self.members}
        return _(", ").join(known.get(raw, raw) for raw in raws)


class PickField(Chosen, SelectField):  # type: ignore[misc]  # WTForms is untyped
    """One of a closed set, or none; the answer is a member or None."""

    def __init__(self, label: Any, members: type[StrEnum], *, kept: Iterable[StrEnum] = (), **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.members = members
        self.choices = [SelectChoice("", ""), *choices_of(tuple(kept) or members)]

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)

    @property
    def answer(self) -> StrEnum | None:
        return self.members(self.data) if self.data else None


class ManyField(Chosen, SelectMultipleField):  # type: ignore[misc]  # WTForms is untyped
    """Several of a closed set, each with its box; the answer is a list of members."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, members: type[StrEnum], *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.members, self.most = members, most
        self.choices = choices_of(members)

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        if self.most is not None and len(self.data or ()) > self.most:
            raise ValidationError(_("Choose at most %(most)s.", most=self.most))

    @property
    def answer(self) -> list[StrEnum]:
        return [self.members(value) for value in self.data or ()]


def answer_of(field: Field) -> Any:
    """Return what a field says to a service."""
    return field.answer if hasattr(field, "answer") else field.data
