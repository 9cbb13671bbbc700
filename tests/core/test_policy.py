from dataclasses import dataclass
from enum import StrEnum

import pytest

from core import policy
from core.errors import NotPermitted, NotSignedIn
from core.policy import ANONYMOUS, ANYWHERE, REGION, Actor, ActorKind, Grant, Rule, acting_role, can, require


class Thing(StrEnum):
    APPROVE = "thing:approve"
    READ = "thing:read"


@dataclass
class Place:
    region_code: str


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_registry", policy._Registry())
    policy.install_rules(
        [
            Rule("thing:approve", "township_officer", REGION),
            Rule("thing:approve", "owner", "is_owner"),
            Rule("thing:read", "auditor", ANYWHERE),
        ]
    )
    policy.register_relation("is_owner", lambda actor, subject: subject.region_code == "mine")


def officer(lo: str, hi: str, **more: object) -> Actor:
    return Actor("a", ActorKind.ACCOUNT, (Grant("township_officer", lo, hi),), **more)  # type: ignore[arg-type]


def test_an_officer_may_act_inside_his_half_open_range_only() -> None:
    actor = officer("451028100000", "451028101000")
    assert can(actor, Thing.APPROVE, Place("451028100201"))
    assert not can(actor, Thing.APPROVE, Place("451028101000"))
    assert not can(actor, Thing.APPROVE, Place("451028099999"))


def test_without_a_subject_the_question_is_whether_he_may_somewhere() -> None:
    assert can(officer("451028100000", "451028101000"), Thing.APPROVE)
    assert not can(officer("451028100000", "451028101000"), Thing.READ)


def test_a_relation_decides_for_roles_without_a_range() -> None:
    owner = Actor("a", ActorKind.ACCOUNT, (Grant("owner"),))
    assert acting_role(owner, Thing.APPROVE, Place("mine")) == "owner"
    assert acting_role(owner, Thing.APPROVE, Place("other")) is None


def test_a_token_does_only_what_its_scopes_say() -> None:
    reader = officer("4", "5", token_scopes=frozenset({"read"}))
    assert not can(reader, Thing.APPROVE, Place("451028100201"))
    assert can(officer("4", "5", token_scopes=frozenset({"thing:approve"})), Thing.APPROVE, Place("451028100201"))


def test_strangers_are_asked_to_sign_in_and_others_are_told_who_may() -> None:
    with pytest.raises(NotSignedIn):
        require(ANONYMOUS, Thing.APPROVE)
    with pytest.raises(NotPermitted) as refusal:
        require(Actor("a", ActorKind.ACCOUNT, (Grant("auditor"),)), Thing.APPROVE)
    assert refusal.value.facts["roles"] == ("township_officer", "owner")
