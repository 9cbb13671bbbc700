"""Reading pages of cases as people do."""

import html
import re
from uuid import UUID

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.factories.people import sign_in


def text_of(page: TestResponse) -> str:
    """Return what a page says, without its marks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


def shown(client: FlaskClient, case_id: UUID, account: UUID) -> str:
    """Return what the page of a case says to an account."""
    page = sign_in(client, account).get(f"/desk/cases/{case_id}?lang=en")
    assert page.status_code == 200
    return text_of(page)
