"""The cadre invites somebody who has no account yet: mail, registration, check by the county, acceptance."""

from email import message_from_bytes
from email.policy import default
from urllib.parse import urlsplit

import pytest
from sqlalchemy import text

from core.db import db, unit_of_work
from core.jobs import jobs
from core.policy import SYSTEM
from core.settings import current
from donors.models import DonorKind, EvidenceKind
from donors.specimens import make_uscc
from pairing.choices import LinkStage
from pairing.models import HelperLink
from tests.factories.donors import picture
from tests.factories.pledges import Scene
from tests.plugins.browser import Visit, Visitor

ADDRESS = "partner@example.org"
SENT = "The invitation is on its way. It can be answered for 30 days."
GONE = "This invitation was used, taken back, or has run out."


def invite(cadre: Visitor, scene: Scene) -> None:
    """Forget the need, then invite an address for it."""
    cadre.opens("/desk").does(cadre.page.locator(f"main a[href='/desk/pairings/{scene.pairing_id}']").first.click)
    cadre.presses("Invite a helper").fills(email=ADDRESS, message="冬天前最好能送到。")
    cadre.presses("Send the invitation", 422).reads("Choose published needs of this pairing.")
    cadre.chooses(needs=str(scene.need_id)).presses("Send the invitation").reads(SENT)


def mailed_link() -> str:
    """Do the waiting jobs; return the path of the link in the mail to the invited."""
    with unit_of_work(SYSTEM) as session:
        waiting = text("SELECT task_name, args FROM procrastinate_jobs WHERE task_name = 'pairing.mail_invitation'")
        rows = [(row.task_name, row.args) for row in session.execute(waiting)]
    for name, arguments in rows:
        jobs.tasks[name](**arguments)
    files = sorted((current().var / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in files]
    mail = [mail for mail in mails if mail["To"] == ADDRESS][-1]
    body = mail.get_content()
    return next(urlsplit(line).path for line in body.splitlines() if "/invitations/" in line)


def register(partner: Visitor) -> None:
    """Register as a farmers' cooperative, once with a wrong code; come back to the invitation."""
    code = make_uscc(DonorKind.FARMER_COOPERATIVE, 4711)
    partner.fills(name="青山种养专业合作社", uscc=code[:-1] + ("1" if code[-1] != "1" else "2"), contact_name="陆某某")
    partner.fills(contact_phone="13800000000", contact_email=ADDRESS, username="qingshan", password="tea on the hill")
    partner.chooses(kind=DonorKind.FARMER_COOPERATIVE.value)
    for box in ("named_publicly", "consent"):
        partner.page.check(f"main [name={box}]")
    partner.presses("Register", 422, within="main form")
    partner.fills(uscc=code, password="tea on the hill").presses("Register", within="main form")
    partner.reads("You are registered. Answer the invitation, then hand in your papers.")


def hand_in(partner: Visitor) -> None:
    """Hand in the licence."""
    partner.opens("/desk/donor")
    partner.chooses(kind=EvidenceKind.BUSINESS_LICENCE.value)
    partner.page.set_input_files("main [name=file]", {"name": "a.png", "mimeType": "image/png", "buffer": picture()})
    partner.presses("Add the paper")
    partner.does(partner.page.locator("main form[action$='/submit'] button").click)
    partner.reads("Handed in. The county checks your papers.")


def verify(county: Visitor) -> None:
    """See the paper and verify at level 2."""
    county.opens("/desk/donors").presses("青山种养专业合作社")
    county.chooses(level="2", evidence_seen=EvidenceKind.BUSINESS_LICENCE.value)
    county.presses("Verify for 12 months").reads("Verified at level %(level)s.", level=2)


def only_link(scene: Scene) -> HelperLink:
    """Return the link of rank 2."""
    with unit_of_work(SYSTEM):
        return db.session.query(HelperLink).filter_by(pairing_id=scene.pairing_id, rank=2).one()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_partner_without_an_account_accepts_and_is_confirmed(scene: Scene, visit: Visit, language: str) -> None:
    cadre = visit(language).signed_in(scene.cadre)
    invite(cadre, scene)
    link = mailed_link()

    partner = visit(language)
    partner.opens(link).presses("Register", within="main .jd-actions")
    register(partner)
    partner.presses("Accept")
    partner.reads("Accepted. Your link is proposed; the village or the township confirms it.")
    hand_in(partner)
    verify(visit(language).signed_in(scene.people.county))
    partner.opens(link, 410).reads(GONE)

    step = f"form[action='/desk/links/{only_link(scene).id}/%s']"
    cadre.opens(f"/desk/pairings/{scene.pairing_id}")
    cadre.page.locator("details", has=cadre.page.locator(step % "comment")).locator("summary").click()
    cadre.does(cadre.page.locator(f"{step % 'comment'} button").click)
    village = visit(language).signed_in(scene.people.author)
    village.opens(f"/desk/pairings/{scene.pairing_id}")
    village.page.locator("details", has=village.page.locator(step % "confirm")).locator("summary").click()
    village.does(village.page.locator(f"{step % 'confirm'} button").click)
    assert only_link(scene).stage is LinkStage.ACTIVE
    visit(language).opens(f"/needs/{scene.need_id}").reads("Who helps this household")
