"""No test leans on the network."""

import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_a_stranger_cannot_be_called():
    blocked = pytest.raises(SocketConnectBlockedError)
    with socket.socket() as line, pytest.warns(UserWarning, match="192.0.2.1"), blocked:
        line.connect(("192.0.2.1", 80))
