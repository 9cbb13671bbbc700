"""The guard that keeps tests on this machine."""

import socket

import pytest

from tests.plugins.network import OutsideAddress, is_inside


@pytest.mark.parametrize("address", [("127.0.0.1", 5432), ("::1", 80, 0, 0), ("localhost", 80)])
def test_addresses_of_this_machine_are_inside(address: object) -> None:
    assert is_inside(socket.AF_INET, address)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80, 0, 0), ("example.org", 80), ("", 80), None])
def test_all_others_are_outside(address: object) -> None:
    assert not is_inside(socket.AF_INET, address)


def test_a_socket_in_the_file_system_is_inside() -> None:
    assert is_inside(socket.AF_UNIX, "/tmp/x")


def test_the_guard_is_in_place_and_refuses() -> None:
    assert socket.socket.connect.__module__ == "tests.plugins.network"
    with socket.socket() as tried, pytest.raises(OutsideAddress):
        tried.connect(("192.0.2.1", 80))
