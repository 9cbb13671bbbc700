from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import text

from core import policy
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.policy import ANYWHERE, SYSTEM, Actor, ActorKind, Grant, Rule
from core.workflow import Transition, Workflow
from tests.factories.recorded import Probe, Stage, World, make_probe

CADRE = Actor(key="22222222-2222-2222-2222-222222222222", kind=ActorKind.ACCOUNT, grants=(Grant("cadre"),))
STRANGER = Actor(key="33333333-3333-3333-3333-333333333333", kind=ActorKind.ACCOUNT, grants=(Grant("other"),))


class Permission(StrEnum):
    AGREE = "probe:agree"


def _refuse_large(probe: Any, actor: Actor, facts: Any) -> None:
    if probe.quantity > 100:
        raise Refused("too large", code="too_large")


AGREE = Transition(
    "agree", frozenset({Stage.OFFERED}), Stage.AGREED, Permission.AGREE, "probe.agreed", "Agree", _refuse_large
)
PUT_BACK = Transition(
    "put_back", frozenset({Stage.AGREED}), Stage.OFFERED, Permission.AGREE, "probe.changed", "Put back", reason=True
)
LAPSE = Transition("lapse", frozenset({Stage.OFFERED}), Stage.AGREED, None, "probe.changed", "Lapse", system=True)
FLOW = Workflow("probe", (AGREE, PUT_BACK, LAPSE))


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy, "_registry", policy._Registry())
    policy.install_rules([Rule("probe:agree", "cadre", ANYWHERE)])


def test_a_step_changes_the_state_and_leaves_one_record_with_kind_and_role(world: World) -> None:
    probe = world.keep()
    with world.unit(CADRE) as session:
        FLOW.fire(session.get_one(Probe, probe.id), "agree", actor=CADRE)
    with world.unit(CADRE) as session:
        found = session.execute(
            text("SELECT kind, role FROM records.record WHERE stream = :s ORDER BY seq DESC LIMIT 1"),
            {"s": f"need/{probe.id}"},
        ).one()
    assert tuple(found) == ("probe.agreed", "cadre")


@pytest.mark.parametrize(
    ("name", "actor", "quantity", "refusal"),
    [
        ("agree", STRANGER, 1, NotPermitted),
        ("agree", CADRE, 101, Refused),
        ("put_back", CADRE, 1, WrongState),
        ("lapse", CADRE, 1, NotPermitted),
        ("unheard_of", CADRE, 1, WrongState),
    ],
)
def test_a_step_that_is_not_possible_is_refused_by_its_fact(
    world: World, name: str, actor: Actor, quantity: int, refusal: type[Refused]
) -> None:
    probe = make_probe(quantity=quantity)
    with world.unit(actor), pytest.raises(refusal):
        FLOW.fire(probe, name, actor=actor)
    assert probe.stage is Stage.OFFERED


def test_a_step_that_needs_a_reason_names_the_field(world: World) -> None:
    probe = make_probe(stage=Stage.AGREED)
    with world.unit(CADRE), pytest.raises(NotValid) as refusal:
        FLOW.fire(probe, "put_back", actor=CADRE, reason="  ")
    assert "reason" in refusal.value.errors


def test_steps_of_the_system_are_open_to_jobs_only(world: World) -> None:
    probe = world.keep()
    with world.unit(SYSTEM) as session:
        FLOW.fire(session.get_one(Probe, probe.id), "lapse", actor=SYSTEM)


def test_options_show_what_the_role_has_and_say_what_blocks_it() -> None:
    small, large = make_probe(quantity=1), make_probe(quantity=101)
    assert [(o.name, o.allowed) for o in FLOW.options(small, actor=CADRE)] == [("agree", True)]
    assert [(o.name, o.allowed, o.code) for o in FLOW.options(large, actor=CADRE)] == [("agree", False, "too_large")]
    assert FLOW.options(small, actor=STRANGER) == []


def test_the_diagram_is_drawn_from_the_same_table() -> None:
    assert "offered --> agreed: agree" in FLOW.diagram()
