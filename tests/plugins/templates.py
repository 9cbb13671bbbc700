"""Templates are compiled once a run, not once for each application: that was most of the time of page tests."""

import os
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache


def pytest_sessionstart() -> None:
    """Let all applications of this run, in all workers, share what was compiled."""
    if "JIEDUI_VAR" in os.environ:
        folder = Path(os.environ["JIEDUI_VAR"]).parent / "templates"
        folder.mkdir(exist_ok=True, parents=True)
        Flask.jinja_options = {**Flask.jinja_options, "bytecode_cache": FileSystemBytecodeCache(str(folder))}
