"""The door of every request: language, actor, access, key, transaction, answer."""

from web.door.request import install_door, install_language

__all__ = ["install_door", "install_language"]
