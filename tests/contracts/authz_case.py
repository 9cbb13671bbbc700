"""One case of the matrix: which objects it names, and what it sends."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.factories.world import World

Body = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """`ids` names objects of the world for parameters of the address; `make` returns the body or the query."""

    ids: dict[str, str] = field(default_factory=dict)
    make: Callable[[World], Body] = lambda world: {}


def ids(**names: str) -> dict[str, str]:
    return names


def fixed(**body: Any) -> Callable[[World], Body]:
    return lambda world: body


def step(name: str, **body: Any) -> Callable[[World], Body]:
    return fixed(name=name, **body)
