"""Who already helps: told by the package above that knows pairings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from core.policy import Actor

# From need ids and the viewer to {need_id: {"helpers": [{"rank", "kind", "name"?}], "id"?}}.
Provider = Callable[[Sequence[UUID], Actor], Mapping[UUID, Mapping[str, Any]]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let pairing answer; the last one registered counts."""
    _providers[:] = [provider]


def pairing_parts(need_ids: Sequence[UUID], viewer: Actor) -> Mapping[UUID, Mapping[str, Any]]:
    """Return the `pairing` part of each need's public answer; needs without one are left out."""
    return _providers[0](need_ids, viewer) if _providers and need_ids else {}
