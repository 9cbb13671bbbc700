"""Taking sheets in: kinds, what their rows mean, and the run from file to result."""

from registry.services.importing.kinds import Kind, Ordered, Taker, kind_of, known_kinds, register_kind
from registry.services.importing.running import Mode, Outcome, run_import

__all__ = ["Kind", "Mode", "Ordered", "Outcome", "Taker", "kind_of", "known_kinds", "register_kind", "run_import"]
