"""A helper and an officer who forgot their passwords get in again, on a phone, with a wrong turn each."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import text

from accounts.models import Role
from accounts.services.reset_links import answer_wish
from core.db import unit_of_work
from core.policy import SYSTEM
from tests.factories.people import make_account, make_grant, make_person
from tests.plugins.browser import Visit, Visitor

NEW = "a new set of words"
CODE = re.compile(r"\b[a-z0-9]{4}(?:-[a-z0-9]{4}){3}\b")


def fits(visitor: Visitor) -> None:
    """Nothing may stand out of a phone's screen."""
    wide = visitor.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, visitor.page.url


def mailed_link(monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the job run and return the link of its mail."""
    sent: list[str] = []
    monkeypatch.setattr("accounts.services.reset_links.send_mail", lambda to, subject, body: sent.append(body))
    with unit_of_work(SYSTEM) as session:
        (row,) = session.execute(text("DELETE FROM procrastinate_jobs RETURNING args")).scalars()
    answer_wish(**row)
    found = re.search(r"/login/reset/\S+", sent[0])
    assert found is not None
    return found[0]


@pytest.mark.browser
@pytest.mark.parametrize(("language", "script"), [("zh", False), ("en", True)])
def test_a_helper_follows_the_link_of_a_mail(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, language: str, *, script: bool
) -> None:
    make_grant(make_account("helper", email="helper@example.org"), Role.DONOR_ADMIN, "", donor_id=uuid4())
    helper = visit(language, width=390, script=script)
    helper.opens("/login").presses("Password or second factor lost?")
    fits(helper)
    helper.presses("Send me a link", 422).reads("Enter your user name.")
    helper.fills(username="helper").presses("Send me a link").reads("Look into your mail")
    link = mailed_link(monkeypatch)
    helper.opens(link)
    fits(helper)
    helper.fills(new="short").presses("Set the password", 422).reads("A password has at least 8 characters.")
    helper.fills(new=NEW).presses("Set the password")
    helper.fills(username="helper", password=NEW).presses("Sign in")
    assert "/desk" in helper.page.url
    helper.opens("/account")
    fits(helper)
    helper.opens("/account/messages").reads("There is no message.")
    helper.opens(link, 410)


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_two_colleagues_let_an_officer_in(visit: Visit, language: str) -> None:
    lost = make_person(Role.VILLAGE_OFFICER, username="lost")
    township = visit(language, width=390).signed_in(make_person(Role.TOWNSHIP_OFFICER))
    county = township.beside(make_person(Role.COUNTY_OFFICER))
    township.opens(f"/accounts/{lost}").presses("Ask a second person", 422).reads("Choose what was lost.")
    fits(township)
    township.chooses(kind="password")
    township.page.locator("#reset [name=reason]").fill("He stood before me.")
    township.presses("Ask a second person").reads("You asked for this, so somebody else must agree.")
    county.opens("/desk").presses("Let %(title)s in again", title="Somebody")
    county.chooses(way="paper").presses("Agree as the second person").reads("Hand this code over")
    fits(county)
    found = CODE.search(county.text())
    assert found is not None
    officer = visit(language, width=390)
    officer.opens("/login/forgotten").presses("I hold a code").fills(code="aaaa-bbbb-cccc-dddd", new=NEW)
    officer.presses("Set the password", 422).reads(
        "This link or code was used already, or its time has passed. Ask for a new one."
    )
    officer.fills(code=found[0].upper(), new=NEW).presses("Set the password")
    officer.fills(username="lost", password=NEW).presses("Sign in")
    assert "/desk" in officer.page.url
