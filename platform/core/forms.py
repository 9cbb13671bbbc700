"""The base of all forms: reads input, speaks the caller's language, collects what the services refuse."""

from typing import Any, Self

from flask import request
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Form

from core.db import db
from core.errors import NotValid
from core.i18n import current_language


class BaseForm(Form):
    """A form that only reads input. CSRF is checked at the door, for every unsafe request."""

    class Meta:
        def get_translations(self, form: Form) -> Any:
            from wtforms.i18n import get_translations  # noqa: PLC0415 - WTForms loads its catalogues late

            return get_translations(["zh" if current_language() == "zh" else "en"])

    @classmethod
    def read(cls, **defaults: Any) -> Self:
        """Return the form filled from the request's body, or with `defaults` on a GET."""
        if request.method == "GET":
            return cls(**defaults)
        return cls(CombinedMultiDict([request.files, request.form]), **defaults)

    @classmethod
    def read_query(cls, **defaults: Any) -> Self:
        """Return the form filled from the query string."""
        return cls(MultiDict(request.args), **defaults)

    def refuse(self, refusal: NotValid) -> None:
        """Put the messages of a service beside the fields they belong to; what it had half built is rolled back."""
        db.abandon()
        for name, messages in refusal.errors.items():
            if name in self._fields:
                field = self._fields[name]
                field.errors = [*field.errors, *(str(message) for message in messages)]
            else:
                self.form_errors.extend(str(message) for message in messages)
