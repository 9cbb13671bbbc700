"""No test speaks to another machine: only this machine's addresses and sockets in its file system may be reached."""

import socket
from ipaddress import ip_address
from typing import Any

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class OutsideAddress(ConnectionRefusedError):
    """A test wanted to reach another machine."""


def is_inside(family: int, address: Any) -> bool:
    """Return whether an address belongs to this machine."""
    if family == socket.AF_UNIX:
        return True
    host = str(address[0]) if isinstance(address, tuple) and address else ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _guarded(self: socket.socket, address: Any) -> None:
    if not is_inside(self.family, address):
        raise OutsideAddress(f"tests may not reach {address!r}")
    _connect(self, address)


def _guarded_ex(self: socket.socket, address: Any) -> int:
    if not is_inside(self.family, address):
        raise OutsideAddress(f"tests may not reach {address!r}")
    return _connect_ex(self, address)


def pytest_configure() -> None:
    socket.socket.connect = _guarded  # type: ignore[method-assign]  # that is the guard
    socket.socket.connect_ex = _guarded_ex  # type: ignore[method-assign]  # that is the guard


def pytest_unconfigure() -> None:
    socket.socket.connect = _connect  # type: ignore[method-assign]  # undo
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]  # undo
