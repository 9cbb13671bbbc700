"""Who stands beside a household, in which order, and how helpers join and leave (workflows.md; domain.md 2.4)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from accounts.models import Role
from core.clock import today
from core.db import db, unit_of_work
from core.errors import NotFound, NotPermitted, NotValid, Refused
from core.policy import ANONYMOUS, SYSTEM
from core.records import note
from donors.models import Donor, DonorKind
from donors.services import blacklist_donor
from needs.choices import ConsentItem, ConsentMethod
from pairing.choices import LinkStage, LinkTerm
from pairing.models import HelperLink, Pairing
from pairing.queries import get_pairing, is_cadre_of, links_of, pairing_parts
from pairing.services import (
    comment_link,
    complete_link,
    confirm_link,
    propose_link,
    record_link_consent,
    reject_link,
    succeed_primary,
    suspend_link,
    suspend_overdue,
    terminate_link,
    withdraw_link_consent,
)
from tests.factories.donors import make_donor
from tests.factories.people import acting, actor_of, make_person, sign_in
from tests.factories.pledges import Scene, day, make_pairing, row


def propose(
    scene: Scene,
    *,
    donor_id: UUID | None = None,
    head: UUID | None = None,
    wants: ConsentItem = ConsentItem.GOODS_VIA_OFFICE,
) -> UUID:
    with acting(head or scene.head) as actor:
        pairing, donor = row(Pairing, scene.pairing_id), db.session.get_one(Donor, donor_id or scene.donor_id)
        return propose_link(pairing, donor, actor=actor, term=LinkTerm.STANDING, wants=wants).id


def step(account: UUID, link_id: UUID, act: object, **words: object) -> None:
    with acting(account) as actor:
        act(db.session.get_one(HelperLink, link_id), actor=actor, **words)  # type: ignore[operator]  # a service


def test_a_second_pairing_of_a_household_is_refused(scene: Scene) -> None:
    with pytest.raises(Refused, match="already_paired"):
        make_pairing(scene.people.county, scene.cadre, household_id=scene.household_id)


def test_the_first_helper_hands_over_without_a_day_between(scene: Scene) -> None:
    other = make_person(Role.PAIRING_CADRE)
    with acting(scene.people.county) as actor:
        pairing = row(Pairing, scene.pairing_id)
        link = succeed_primary(pairing, actor=actor, account_id=other, starts_on=day(3), reason="a new post")
    with unit_of_work(SYSTEM):
        first, second = [found for found in links_of(scene.pairing_id) if found.rank == 1]
        assert (first.ends_on, second.starts_on) == (today() + timedelta(days=2), today() + timedelta(days=3))
        assert second.id == link.id
        assert is_cadre_of(scene.cadre, row(Pairing, scene.pairing_id))
        assert not is_cadre_of(other, row(Pairing, scene.pairing_id))


@pytest.mark.parametrize("ends", [0, None])
def test_the_database_itself_refuses_a_gap_and_an_overlap(scene: Scene, ends: int | None) -> None:
    with pytest.raises(IntegrityError, match="without a first helper|helper_link_one_first"), unit_of_work(SYSTEM):
        first = next(link for link in links_of(scene.pairing_id) if link.rank == 1)
        if ends is not None:
            first.ends_on = today()
            note(first, "link.succeeded")
        else:
            twin = HelperLink(
                pairing_id=first.pairing_id,
                subject=first.subject,
                region_code=first.region_code,
                county_code=first.county_code,
                rank=1,
                kind=first.kind,
                account_id=first.account_id,
                stage=first.stage,
                origin=first.origin,
                starts_on=first.starts_on,
            )
            db.session.add(twin)
            note(twin, "link.assigned")


def test_ranks_are_given_one_after_the_other_and_never_again(scene: Scene) -> None:
    first = propose(scene)
    step(scene.people.approver, first, reject_link, reason="not known here")
    donor_id, head = make_donor(officer=scene.people.county)
    second = propose(scene, donor_id=donor_id, head=head)
    assert (scene.link(first).rank, scene.link(second).rank) == (2, 3)


def test_a_donor_has_one_live_link_in_a_pairing(scene: Scene) -> None:
    propose(scene)
    with pytest.raises(Refused, match="already_linked"):
        propose(scene)


def test_a_helper_without_the_level_cannot_propose_a_standing_link(scene: Scene) -> None:
    donor_id, head = make_donor(DonorKind.INDIVIDUAL, level=1, officer=scene.people.county)
    with pytest.raises(Refused, match="not_verified"):
        propose(scene, donor_id=donor_id, head=head)


def test_what_the_survey_does_not_cover_needs_its_own_consent_from_another_officer(scene: Scene) -> None:
    link_id = propose(scene, wants=ConsentItem.VISITS)
    assert scene.link(link_id).stage is LinkStage.PROPOSED
    words = {"scope": [ConsentItem.VISITS], "until": day(90)}
    with pytest.raises(NotValid) as refusal:
        step(scene.people.author, link_id, record_link_consent, method=ConsentMethod.THUMBPRINT, **words)
    assert "witness" in refusal.value.errors
    step(scene.people.author, link_id, record_link_consent, method=ConsentMethod.PAPER, **words)
    step(scene.cadre, link_id, comment_link)
    with pytest.raises(Refused, match="four_eyes"):
        step(scene.people.author, link_id, confirm_link)
    step(scene.people.verifier, link_id, confirm_link)
    assert scene.link(link_id).stage is LinkStage.ACTIVE


def test_the_cadre_is_heard_first_and_an_objection_needs_an_answer(scene: Scene) -> None:
    link_id = propose(scene)
    with pytest.raises(Refused, match="comment_awaited"):
        step(scene.people.approver, link_id, confirm_link)
    with pytest.raises(NotValid):
        step(scene.cadre, link_id, comment_link, objection=True)
    step(scene.cadre, link_id, comment_link, objection=True, comment="they sell door to door")
    with pytest.raises(NotValid) as refusal:
        step(scene.people.approver, link_id, confirm_link)
    assert "reason" in refusal.value.errors
    step(scene.people.approver, link_id, confirm_link, reason="the township knows them")
    assert scene.link(link_id).stage is LinkStage.ACTIVE


def test_three_working_days_of_silence_count_as_informed(scene: Scene) -> None:
    link_id = propose(scene)
    with unit_of_work(SYSTEM):
        link = db.session.get_one(HelperLink, link_id)
        link.proposed_at = link.created_at - timedelta(days=7)
        note(link, "link.commented")
    step(scene.people.approver, link_id, confirm_link)
    assert scene.link(link_id).stage is LinkStage.ACTIVE


def test_consent_withdrawn_ends_the_link_and_releases_its_pledges_at_once(scene: Scene) -> None:
    pledge_id = scene.agreed("3")
    scene.deliver(pledge_id, "1")
    step(scene.people.author, scene.pledge(pledge_id).link_id, withdraw_link_consent)
    assert scene.link(scene.pledge(pledge_id).link_id).stage is LinkStage.TERMINATED
    assert scene.sums() == (1, 1, 0)


def test_a_link_is_not_completed_while_a_pledge_is_open(scene: Scene) -> None:
    pledge_id = scene.agreed("2")
    with pytest.raises(Refused, match="pledge_open"):
        step(scene.people.author, scene.pledge(pledge_id).link_id, complete_link)


def test_a_donor_ends_its_own_link_only(scene: Scene) -> None:
    link_id = propose(scene)
    _other, head = make_donor(officer=scene.people.county)
    with pytest.raises(NotPermitted):
        step(head, link_id, terminate_link, reason="no")
    step(scene.head, link_id, terminate_link, reason="we moved away")
    assert scene.link(link_id).stage is LinkStage.TERMINATED


def test_a_barred_donors_links_rest_and_its_offers_are_released(scene: Scene) -> None:
    standing = scene.agreed("2", term=LinkTerm.STANDING)
    offered = scene.offer("1")
    for officer in (scene.people.county, make_person(Role.COUNTY_OFFICER)):
        with acting(officer) as actor:
            blacklist_donor(db.session.get_one(Donor, scene.donor_id), actor=actor, reason="false papers")
    assert scene.link(scene.pledge(standing).link_id).stage is LinkStage.SUSPENDED
    assert scene.pledge(offered).stage == "released"
    assert scene.pledge(standing).stage == "agreed"


def test_two_periods_without_news_suspend_a_link(scene: Scene) -> None:
    link_id = scene.pledge(scene.agreed("2", term=LinkTerm.STANDING)).link_id
    with unit_of_work(SYSTEM):
        link = db.session.get_one(HelperLink, link_id)
        link.last_update_on = today() - timedelta(days=181)
        note(link, "link.commented")
    with unit_of_work(SYSTEM):
        assert suspend_overdue() == 1
    assert scene.link(link_id).stage is LinkStage.SUSPENDED
    with pytest.raises(Refused, match="link_suspended"):
        scene.offer("1")


def test_only_the_township_suspends(scene: Scene) -> None:
    link_id = scene.pledge(scene.agreed("2", term=LinkTerm.STANDING)).link_id
    with pytest.raises(NotPermitted):
        step(scene.people.author, link_id, suspend_link, reason="quarrel")
    step(scene.people.approver, link_id, suspend_link, reason="quarrel")
    assert scene.link(link_id).stage is LinkStage.SUSPENDED


def test_the_public_sees_neither_the_pairing_nor_the_cadres_name_or_date(scene: Scene) -> None:
    scene.agreed("2", term=LinkTerm.STANDING)
    with unit_of_work(SYSTEM):
        part = pairing_parts([scene.need_id], ANONYMOUS)[scene.need_id]
        inside = pairing_parts([scene.need_id], actor_of(scene.people.author))[scene.need_id]
    assert [helper["rank"] for helper in part["helpers"]] == [1, 2]
    assert set(part["helpers"][0]) == {"rank", "kind"}
    assert "id" not in part
    assert inside["id"] == scene.pairing_id


def test_another_county_does_not_find_the_pairing(scene: Scene) -> None:
    stranger = make_person(Role.TOWNSHIP_OFFICER, "451027100")
    with acting(stranger) as actor, pytest.raises(NotFound):
        get_pairing(actor, scene.pairing_id)


def test_what_a_helper_asks_of_the_household_is_kept_and_decides_whether_it_is_asked(scene: Scene, client: Any) -> None:
    sign_in(client, scene.head).set_cookie("lang", "en")
    path = f"/desk/pairings/{scene.pairing_id}/links"
    offered = scene.agreed("1", term=LinkTerm.STANDING)
    assert scene.link(scene.pledge(offered).link_id).wants is ConsentItem.GOODS_VIA_OFFICE
    donor_id, head = make_donor(officer=scene.people.county)
    sign_in(client, head)
    assert client.post(path, data={"term": "standing", "wants": "visits"}).status_code == 303
    with unit_of_work(SYSTEM):
        link = next(found for found in links_of(scene.pairing_id) if found.donor_id == donor_id)
    assert (link.stage, link.wants) == (LinkStage.PROPOSED, ConsentItem.VISITS)
    sign_in(client, scene.people.author)
    assert "Visits to the household" in client.get(f"/desk/pairings/{scene.pairing_id}").text


def test_after_one_period_without_news_a_link_is_overdue_and_officers_see_it(scene: Scene, client: Any) -> None:
    pledge_id = scene.agreed("2", term=LinkTerm.STANDING)
    link_id = scene.pledge(pledge_id).link_id
    for days_ago, seen in ((90, False), (91, True)):
        with unit_of_work(SYSTEM):
            link = db.session.get_one(HelperLink, link_id)
            link.last_update_on = day(-days_ago)
            note(link, "link.updated")
        for officer in (scene.people.author, scene.people.approver, scene.people.county):
            sign_in(client, officer).set_cookie("lang", "en")
            for path in (f"/desk/pairings/{scene.pairing_id}", "/desk/pairings"):
                assert ("Overdue" in client.get(path).text) is seen, (path, days_ago)
