"""The door of every request: language, actor, access, key, transaction, answer."""

from web.door.request import install_door

__all__ = ["install_door"]
