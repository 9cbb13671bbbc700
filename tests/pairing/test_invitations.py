"""The cadre invites a donor on file, or somebody who has no account yet (workflows.md, Invitation)."""

import re
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import UUID

import pytest

from accounts.models import Account, Role
from core.clock import now
from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from core.records import note
from core.settings import current
from core.tokens import derived_token
from donors.models import Donor, DonorKind
from donors.services import blacklist_donor
from donors.specimens import make_uscc
from pairing.choices import InvitationStage, LinkOrigin, LinkStage
from pairing.models import HelperLink, Invitation, Pairing
from pairing.services import accept_invitation, expire_invitations, send_invitation, withdraw_invitation
from pairing.services.inviting import mail_invitation
from tests.factories.donors import make_donor
from tests.factories.people import acting, make_person, sign_in
from tests.factories.pledges import Scene, row


def invite(scene: Scene, *, donor_id: UUID | None = None, email: str = "", language: str = "zh") -> UUID:
    with acting(scene.cadre) as actor:
        donor = db.session.get_one(Donor, donor_id) if donor_id else None
        pairing = db.session.get_one(Pairing, scene.pairing_id)
        values: dict[str, Any] = {"need_ids": [scene.need_id], "email": email, "message": "Winter is near."}
        values["language"] = language
        return send_invitation(pairing, actor=actor, donor=donor, **values).id


def test_an_accepted_invitation_proposes_the_link_and_holds_nothing(scene: Scene) -> None:
    invitation_id = invite(scene, donor_id=scene.donor_id)
    with acting(scene.head) as actor:
        link_id = accept_invitation(db.session.get_one(Invitation, invitation_id), actor=actor).id
    link = scene.link(link_id)
    assert (link.stage, link.origin) == (LinkStage.HOUSEHOLD_CONSENTED, LinkOrigin.INVITED)
    assert scene.sums() == (0, 0, 0)
    with acting(scene.head) as actor, pytest.raises(Refused):
        accept_invitation(db.session.get_one(Invitation, invitation_id), actor=actor)


def test_only_published_needs_of_the_pairing_can_be_named(scene: Scene) -> None:
    other = Scene()
    with acting(scene.cadre) as actor, pytest.raises(NotValid) as refusal:
        send_invitation(
            row(Pairing, scene.pairing_id), actor=actor, need_ids=[other.need_id], email="someone@example.org"
        )
    assert "need_ids" in refusal.value.errors


def test_nobody_is_invited_twice_at_a_time(scene: Scene) -> None:
    invite(scene, email="someone@example.org")
    with pytest.raises(Refused, match="already_invited"):
        invite(scene, email="Someone@example.org")


def test_the_cadre_cannot_answer_and_takes_it_back(scene: Scene) -> None:
    invitation_id = invite(scene, donor_id=scene.donor_id)
    with acting(scene.cadre) as actor, pytest.raises(Refused):
        accept_invitation(db.session.get_one(Invitation, invitation_id), actor=actor)
    with acting(scene.cadre) as actor:
        withdraw_invitation(db.session.get_one(Invitation, invitation_id), actor=actor)
    assert row(Invitation, invitation_id).stage is InvitationStage.WITHDRAWN


def test_an_invitation_runs_out_after_30_days(scene: Scene) -> None:
    invitation_id = invite(scene, donor_id=scene.donor_id)
    with unit_of_work(SYSTEM):
        found = db.session.get_one(Invitation, invitation_id)
        found.expires_at = now()
        note(found, "invitation.claimed")
    with unit_of_work(SYSTEM):
        assert expire_invitations() == 1
    assert row(Invitation, invitation_id).stage is InvitationStage.EXPIRED


def test_the_mail_carries_a_link_that_only_its_holder_knows(scene: Scene, client: Any) -> None:
    invitation_id = invite(scene, email="someone@example.org")
    outbox = current().var / "outbox"
    before = set(outbox.glob("*.eml")) if outbox.is_dir() else set()
    mail_invitation.func(invitation_id=str(invitation_id))
    (mail,) = set(outbox.glob("*.eml")) - before
    assert "someone@example.org" in mail.read_text(encoding="utf-8")
    token = derived_token("invitation", invitation_id)
    assert client.get(f"/invitations/{token}").status_code == 200
    assert client.get("/invitations/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404
    assert row(Invitation, invitation_id).token_hash != token.encode()


@pytest.mark.parametrize(("language", "subject"), [("zh", "邀请您一起帮"), ("en", "You are invited to help")])
def test_the_mail_speaks_the_language_that_the_cadre_chose(scene: Scene, language: str, subject: str) -> None:
    mail = mailed(invite(scene, email="someone@example.org", language=language))
    assert mail["Subject"] == subject
    assert f"?lang={language}" in mail.get_content()


def test_a_helper_on_file_is_written_to_in_its_own_language(scene: Scene) -> None:
    with unit_of_work(SYSTEM):
        account = db.session.get_one(Account, scene.head)
        account.language = "en"
        note(account, "account.changed")
        donor = db.session.get_one(Donor, scene.donor_id)
        donor.contact_email = "head@example.org"
        note(donor, "donor.changed")
    assert mailed(invite(scene, donor_id=scene.donor_id))["Subject"] == "You are invited to help"


def test_a_language_that_nobody_speaks_here_is_refused(scene: Scene) -> None:
    with pytest.raises(NotValid) as refusal:
        invite(scene, email="someone@example.org", language="fr")
    assert "language" in refusal.value.errors


def mailed(invitation_id: UUID) -> Any:
    """Do the job of the mail; return the mail."""
    outbox = current().var / "outbox"
    before = set(outbox.glob("*.eml")) if outbox.is_dir() else set()
    mail_invitation.func(invitation_id=str(invitation_id))
    (mail,) = set(outbox.glob("*.eml")) - before
    return message_from_bytes(mail.read_bytes(), policy=default)


def registration_form(number: int, token: str) -> dict[str, str]:
    """What somebody types who registers from the mail's link."""
    return {
        "invitation": token,
        "kind": "foundation",
        "name": f"Foundation {number}",
        "uscc": make_uscc(DonorKind.FOUNDATION, number),
        "contact_name": "Lu",
        "contact_phone": "13800001111",
        "region": "451028000000",
        "city_code": "",
        "username": f"foundation{number}",
        "password": "tea on the hill",
        "consent": "y",
    }


def test_who_registers_from_the_mail_comes_back_to_the_invitation_and_answers(scene: Scene, app: Any) -> None:
    invitation_id = invite(scene, email="someone@example.org")
    token, client = derived_token("invitation", invitation_id), app.test_client()
    assert f"/register?invitation={token}" in client.get(f"/invitations/{token}").text
    assert f'value="{token}"' in client.get("/register", query_string={"invitation": token}).text
    wrong = client.post("/register", data=registration_form(4711, token) | {"name": ""})
    assert (wrong.status_code, f'value="{token}"' in wrong.text) == (422, True)
    registered = client.post("/register", data=registration_form(4711, token))
    assert registered.location == f"/invitations/{token}"
    invitation: Invitation = row(Invitation, invitation_id)
    assert invitation.donor_id is not None
    assert invitation.stage is InvitationStage.SENT
    assert f"/invitations/{token}/accept" in client.get(f"/invitations/{token}").text
    assert f"/desk/invitations/{invitation_id}" in client.get("/desk").text
    assert client.post(f"/invitations/{token}/accept").status_code == 303
    assert row(Invitation, invitation_id).stage is InvitationStage.ACCEPTED
    assert client.get(f"/invitations/{token}").status_code == 410


def test_an_invitation_is_for_the_first_who_registers_from_it(scene: Scene, app: Any) -> None:
    invitation_id = invite(scene, email="someone@example.org")
    token = derived_token("invitation", invitation_id)
    first, second = app.test_client(), app.test_client()
    first.post("/register", data=registration_form(4711, token))
    kept = row(Invitation, invitation_id).donor_id
    second.post("/register", data=registration_form(4712, token))
    assert row(Invitation, invitation_id).donor_id == kept
    assert "/accept" not in second.get(f"/invitations/{token}").text
    assert second.post(f"/invitations/{token}/accept").status_code in {403, 404}


def test_a_barred_helper_cannot_accept(scene: Scene) -> None:
    invitation_id = invite(scene, donor_id=scene.donor_id)
    for officer in (scene.people.county, make_person(Role.COUNTY_OFFICER)):
        with acting(officer) as actor:
            blacklist_donor(db.session.get_one(Donor, scene.donor_id), actor=actor, reason="false papers")
    with acting(scene.head) as actor, pytest.raises(Refused, match="donor_barred"):
        accept_invitation(db.session.get_one(Invitation, invitation_id), actor=actor)


def test_who_registers_by_the_link_accepts_and_joins(scene: Scene, client: Any) -> None:
    invitation_id = invite(scene, email="someone@example.org")
    token = derived_token("invitation", invitation_id)
    assert client.post(f"/invitations/{token}/accept").status_code == 401
    donor_id, head = make_donor(officer=scene.people.county)
    sign_in(client, head)
    assert client.post(f"/invitations/{token}/accept").status_code == 303
    invitation: Invitation = row(Invitation, invitation_id)
    assert (invitation.stage, invitation.donor_id) == (InvitationStage.ACCEPTED, donor_id)
    assert row(HelperLink, invitation.link_id).donor_id == donor_id
    assert client.get(f"/invitations/{token}").status_code == 410
    assert client.get("/desk/invitations").status_code == 200


def test_the_cadre_finds_a_helper_on_file_and_invites_it_on_the_desk(scene: Scene, client: Any) -> None:
    sign_in(client, scene.cadre)
    assert client.get(f"/desk/pairings/{scene.pairing_id}").status_code == 200
    with unit_of_work(SYSTEM):
        name = db.session.get_one(Donor, scene.donor_id).name
    page = client.get(f"/desk/pairings/{scene.pairing_id}/invitations/new", query_string={"q": name})
    assert re.search(rf'value="{scene.donor_id}"', page.text)
    nothing = client.post(f"/desk/pairings/{scene.pairing_id}/invitations", data={"needs": str(scene.need_id)})
    assert nothing.status_code == 422
    sent = client.post(
        f"/desk/pairings/{scene.pairing_id}/invitations",
        data={"donor": str(scene.donor_id), "needs": str(scene.need_id), "message": ""},
    )
    assert sent.status_code == 303
    sign_in(client, scene.head)
    assert client.get(f"/desk/pairings/{scene.pairing_id}").status_code == 404


def test_the_invited_answers_on_the_page_of_the_invitation(scene: Scene, client: Any) -> None:
    invitation_id = invite(scene, donor_id=scene.donor_id)
    sign_in(client, scene.head)
    page = client.get(f"/desk/invitations/{invitation_id}")
    assert page.status_code == 200
    assert f"/desk/invitations/{invitation_id}/accept" in page.text
    assert client.post(f"/desk/invitations/{invitation_id}/decline").status_code == 303
    assert row(Invitation, invitation_id).stage is InvitationStage.DECLINED
