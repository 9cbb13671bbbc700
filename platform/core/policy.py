"""Who may do what: the actor, the permissions, and one question, `can`.

Role table, relations and reaches are registered from above at start; this module knows no domain.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from core.errors import NotPermitted, NotSignedIn

View = TypeVar("View", bound=Callable[..., Any])
Relation = Callable[["Actor", Any], bool]

REGION = "region"
ANYWHERE = "anywhere"


class ActorKind(StrEnum):
    ANONYMOUS = "anonymous"
    ACCOUNT = "account"
    HOUSEHOLD = "household"
    SYSTEM = "system"


@dataclass(frozen=True)
class Grant:
    """A role held now. `lo`/`hi` is a half-open range of 12-digit region codes; empty for roles by relation."""

    role: str
    lo: str = ""
    hi: str = ""

    def covers(self, region_code: str) -> bool:
        """Return whether the range holds the region code."""
        return bool(self.lo) and self.lo <= region_code < self.hi


@dataclass(frozen=True)
class Actor:
    """Somebody who acts, with what he may do at this moment. `key` names him to the update records."""

    key: str
    kind: ActorKind
    grants: tuple[Grant, ...] = ()
    account_id: UUID | None = None
    donor_id: UUID | None = None
    household_id: UUID | None = None
    sign_in_id: UUID | None = None
    token_scopes: frozenset[str] | None = None
    channel: str = "web"

    @property
    def role_name(self) -> str:
        """The role written into records when no permission chose one."""
        return self.grants[0].role if self.grants else self.kind.value

    @property
    def is_signed_in(self) -> bool:
        return self.kind is ActorKind.ACCOUNT

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """The code ranges of all grants that have one."""
        return tuple((grant.lo, grant.hi) for grant in self.grants if grant.lo)

    def has_role(self, *roles: str) -> bool:
        return any(grant.role in roles for grant in self.grants)


ANONYMOUS = Actor(key="anonymous", kind=ActorKind.ANONYMOUS, grants=(Grant("anonymous"),))
SYSTEM = Actor(key="system", kind=ActorKind.SYSTEM, grants=(Grant("system"),), channel="job")


@dataclass(frozen=True)
class Rule:
    """One row of the role table: this role has this permission, as far as `reach` goes.

    `reach` is "region" (the grant's code range), "anywhere", or the name of a registered relation.
    """

    permission: str
    role: str
    reach: str


@dataclass
class _Registry:
    rules: dict[tuple[str, str], tuple[Rule, ...]] = field(default_factory=dict)
    by_permission: dict[str, tuple[Rule, ...]] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)


_registry = _Registry()


def install_rules(rules: Iterable[Rule]) -> None:
    """Install the role table; called once by `accounts`."""
    _registry.rules.clear()
    _registry.by_permission.clear()
    for rule in rules:
        key = (rule.permission, rule.role)
        _registry.rules[key] = (*_registry.rules.get(key, ()), rule)
        _registry.by_permission[rule.permission] = (*_registry.by_permission.get(rule.permission, ()), rule)


def register_relation(name: str, relation: Relation) -> None:
    """Let an upper package answer a relation that lower guards need, such as "cadre_of_subject"."""
    _registry.relations[name] = relation


def known_relations() -> frozenset[str]:
    """Return the names of all registered relations."""
    return frozenset(_registry.relations)


def is_related(relation: str, actor: Actor, subject: Any) -> bool:
    """Return the answer of a registered relation, for a lower guard that an upper package must answer."""
    return _registry.relations[relation](actor, subject)


def roles_with(permission: str) -> tuple[str, ...]:
    """Return the roles that have the permission, in table order."""
    return tuple(dict.fromkeys(rule.role for rule in _registry.by_permission.get(permission, ())))


def acting_role(actor: Actor, permission: str, subject: Any = None) -> str | None:
    """Return the role by which the actor may do it, or None. Without a subject: whether he may do it somewhere."""
    if not _token_allows(actor, permission):
        return None
    for grant in actor.grants:
        for rule in _registry.rules.get((str(permission), grant.role), ()):
            if subject is None or _reaches(rule, grant, actor, subject):
                return grant.role
    return None


def _token_allows(actor: Actor, permission: str) -> bool:
    scopes = actor.token_scopes
    if scopes is None or "all" in scopes:
        return True
    resource, _, action = str(permission).partition(":")
    return str(permission) in scopes or f"{resource}:*" in scopes or (action == "read" and "read" in scopes)


def _reaches(rule: Rule, grant: Grant, actor: Actor, subject: Any) -> bool:
    if rule.reach == ANYWHERE:
        return True
    if rule.reach == REGION:
        return grant.covers(subject.region_code)
    return _registry.relations[rule.reach](actor, subject)


def can(actor: Actor, permission: str, subject: Any = None) -> bool:
    """Return whether the actor may do it to the subject (or to anything at all, without a subject)."""
    return acting_role(actor, permission, subject) is not None


def require(actor: Actor, permission: str, subject: Any = None) -> str:
    """Return the role by which the actor may do it, or raise NotSignedIn or NotPermitted."""
    role = acting_role(actor, permission, subject)
    if role is not None:
        return role
    if actor.kind is ActorKind.ANONYMOUS:
        raise NotSignedIn
    raise NotPermitted(permission=str(permission), roles=roles_with(permission))


@dataclass(frozen=True)
class Access:
    """What a route declares: public, signed in, or a permission."""

    kind: str
    permission: str = ""


def public(view: View) -> View:
    """Declare a route that anybody may enter."""
    view.__access__ = Access("public")  # type: ignore[attr-defined]  # views carry their declaration
    return view


def nameless(view: View) -> View:
    """Declare a route that forgets who is signed in: what is sent there may be anonymous. It stays public."""
    view.__nameless__ = True  # type: ignore[attr-defined]  # views carry their declaration
    return view


def signed_in(view: View) -> View:
    """Declare a route for everybody with an account."""
    view.__access__ = Access("signed_in")  # type: ignore[attr-defined]  # views carry their declaration
    return view


def requires(permission: StrEnum) -> Callable[[View], View]:
    """Declare a route for roles that have the permission somewhere; the subject is checked when it is loaded."""

    def declare(view: View) -> View:
        view.__access__ = Access("permission", str(permission))  # type: ignore[attr-defined]  # see above
        return view

    return declare


def admit(access: Access, actor: Actor) -> None:
    """Let the actor through the door of a route, or raise NotSignedIn or NotPermitted."""
    if access.kind == "public":
        return
    if access.kind == "signed_in":
        if not actor.is_signed_in:
            raise NotSignedIn
        return
    require(actor, access.permission)
