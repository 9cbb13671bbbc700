"""Workflows: one table of transitions guards the change, draws the buttons and prints the diagram."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from core.db import db
from core.errors import NotPermitted, NotValid, Refused, WrongState
from core.i18n import LazyString, _l
from core.policy import Actor, ActorKind, acting_role, roles_with
from core.records import note

Facts = Mapping[str, Any]
Guard = Callable[[Any, Actor, Facts], None]

NEEDS_REASON = _l("Write the reason.")


@dataclass(frozen=True)
class Transition:
    """One step. `target` None keeps the state; `system` steps are taken by jobs only; `guard` raises Refused."""

    name: str
    sources: frozenset[StrEnum | None]
    target: StrEnum | None
    permission: StrEnum | None
    kind: str
    label: str | LazyString
    guard: Guard | None = None
    reason: bool = False
    system: bool = False


@dataclass(frozen=True)
class Option:
    """A step that the actor has in view: allowed now, or blocked with its reason."""

    name: str
    label: str | LazyString
    allowed: bool
    code: str = ""
    why: str | LazyString = ""
    needs_reason: bool = False


@dataclass(frozen=True)
class Workflow:
    """The transitions of one model; `attribute` is the column that holds the state."""

    name: str
    transitions: tuple[Transition, ...]
    attribute: str = "stage"

    def get(self, name: str) -> Transition:
        """Return the transition, or raise WrongState for an unknown name."""
        for transition in self.transitions:
            if transition.name == name:
                return transition
        raise WrongState(_l("There is no such step."), code="unknown_transition")

    def state_of(self, subject: Any) -> StrEnum | None:
        state: StrEnum | None = getattr(subject, self.attribute)
        return state

    def check(self, subject: Any, name: str, *, actor: Actor, facts: Facts) -> str:
        """Return the role by which the step may be taken now, or raise what stands against it."""
        transition = self.get(name)
        role = _permitted(transition, actor, subject)
        if self.state_of(subject) not in transition.sources:
            raise WrongState(state=str(self.state_of(subject)))
        if transition.guard is not None:
            transition.guard(subject, actor, facts)
        return role

    def fire(
        self, subject: Any, name: str, *, actor: Actor, reason: str = "", facts: Facts | None = None, **public: Any
    ) -> None:
        """Take a step: permission, state, guard, then the new state and its update record.

        `facts` go to the guard; `public` values go into the public part of the record.
        """
        transition = self.get(name)
        role = self.check(subject, name, actor=actor, facts=facts or {})
        if transition.reason and not reason.strip():
            raise NotValid({"reason": [NEEDS_REASON]})
        if transition.target is not None:
            setattr(subject, self.attribute, transition.target)
        db.session.info["acting_role"] = role
        note(subject, transition.kind, reason=reason, **public)

    def options(self, subject: Any, *, actor: Actor) -> list[Option]:
        """Return the steps that the actor's role has from the present state, with what blocks them."""
        state = self.state_of(subject)
        found = (t for t in self.transitions if state in t.sources and not t.system)
        return [option for t in found if (option := self._option(t, subject, actor)) is not None]

    def _option(self, transition: Transition, subject: Any, actor: Actor) -> Option | None:
        if transition.permission is None or acting_role(actor, transition.permission, subject) is None:
            return None
        try:
            if transition.guard is not None:
                transition.guard(subject, actor, {"preview": True})
        except NotPermitted:
            return None
        except Refused as refusal:
            return Option(transition.name, transition.label, False, refusal.code, refusal.detail, transition.reason)
        return Option(transition.name, transition.label, True, needs_reason=transition.reason)

    def diagram(self) -> str:
        """Return the workflow as a Mermaid state diagram for the documents."""
        lines = ["stateDiagram-v2"]
        for transition in self.transitions:
            lines.extend(_edges(transition))
        return "\n".join(lines)


def _permitted(transition: Transition, actor: Actor, subject: Any) -> str:
    if actor.kind is ActorKind.SYSTEM:
        return actor.role_name
    if transition.system or transition.permission is None:
        raise NotPermitted(permission="system", roles=())
    role = acting_role(actor, transition.permission, subject)
    if role is None:
        raise NotPermitted(permission=str(transition.permission), roles=roles_with(transition.permission))
    return role


def _edges(transition: Transition) -> Iterable[str]:
    for source in sorted(transition.sources, key=str):
        target = source if transition.target is None else transition.target
        yield f"    {source or '[*]'} --> {target}: {transition.name}"
