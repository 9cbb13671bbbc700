"""The composition root: factory, doors for errors, shared templates and browser files."""
