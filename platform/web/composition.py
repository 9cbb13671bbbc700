"""The composition root: which packages make the application, and their wiring."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

PACKAGES = (
    "regions",
    "accounts",
    "registry",
    "identification",
    "needs",
    "donors",
    "pairing",
    "pledges",
    "supervision",
    "reports",
    "pages",
)
_wired: list[bool] = []


def modules(name: str) -> Iterator[ModuleType]:
    """Yield `<package>.<name>` of every package that has one."""
    for package in PACKAGES:
        if find_spec(package) is not None and find_spec(f"{package}.{name}") is not None:
            yield import_module(f"{package}.{name}")


def load_models() -> None:
    """Import every model, so that the metadata is whole."""
    for name in ("core.idempotency", "core.policy_packs", "core.files", "core.crypto"):
        import_module(name)
    list(modules("models"))


def wire() -> None:
    """Register relations, reaches, signals and providers, once for each process."""
    if _wired:
        return
    load_models()
    for module in modules("wiring"):
        module.wire()
    list(modules("jobs"))
    _wired.append(True)


def blueprints(kind: str) -> Iterator[Any]:
    """Yield the blueprints of all `views` or `api` modules."""
    for module in modules(kind):
        found = getattr(module, "blueprints", None) or (module.blueprint,)
        yield from found
