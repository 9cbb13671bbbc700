"""The cadre invites a donor on file, or somebody who has no account yet (workflows.md, Invitation)."""

import re
from typing import Any
from uuid import UUID

import pytest

from core.clock import now
from core.db import db, unit_of_work
from core.errors import NotValid, Refused
from core.policy import SYSTEM
from core.records import note
from core.settings import current
from core.tokens import derived_token
from donors.models import Donor
from pairing.choices import InvitationStage, LinkOrigin, LinkStage
from pairing.models import HelperLink, Invitation, Pairing
from pairing.services import accept_invitation, expire_invitations, send_invitation, withdraw_invitation
from pairing.services.inviting import mail_invitation
from tests.factories.donors import make_donor
from tests.factories.people import acting, sign_in
from tests.factories.pledges import Scene, row


def invite(scene: Scene, *, donor_id: UUID | None = None, email: str = "") -> UUID:
    with acting(scene.cadre) as actor:
        donor = db.session.get_one(Donor, donor_id) if donor_id else None
        pairing = db.session.get_one(Pairing, scene.pairing_id)
        values: dict[str, Any] = {"need_ids": [scene.need_id], "email": email, "message": "Winter is near."}
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
