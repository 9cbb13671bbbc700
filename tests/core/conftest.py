from tests.factories.recorded import probe_template, world

__all__ = ["probe_template", "world"]
