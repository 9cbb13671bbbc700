from tests.factories.recorded import probe_template, still_world, world

__all__ = ["probe_template", "still_world", "world"]
