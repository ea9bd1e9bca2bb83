from uuid import uuid4

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from convergedesk.desktop.doorbell import Doorbell, ring


def test_a_ring_is_heard_by_whoever_listens(qtbot: QtBot) -> None:
    name = f"convergedesk-{uuid4().hex[:12]}"
    bell = Doorbell(name)
    with qtbot.waitSignal(bell.rang):
        assert ring(name)
    bell.close()
    assert not ring(name)


def test_a_socket_left_by_a_crash_is_no_hindrance(qtbot: QtBot) -> None:
    name = f"convergedesk-{uuid4().hex[:12]}"
    first = Doorbell(name)
    second = Doorbell(name)
    with qtbot.waitSignal(second.rang):
        ring(name)
    first.close()
    second.close()


def test_an_address_is_handed_over(qtbot: QtBot) -> None:
    name = f"convergedesk-{uuid4().hex[:12]}"
    bell = Doorbell(name)
    with qtbot.waitSignals([bell.rang, bell.link_brought]):
        assert ring(name, "convergedesk://ticket/48213")
    bell.close()


def test_of_an_endless_address_only_the_beginning_is_read(qtbot: QtBot) -> None:
    name = f"convergedesk-{uuid4().hex[:12]}"
    bell = Doorbell(name)
    with qtbot.waitSignal(bell.link_brought) as brought:
        assert ring(name, "convergedesk://ticket/" + "9" * 1_000_000)
    assert brought.args is not None
    assert 1_000 < len(brought.args[0]) <= 4_096
    bell.close()


def test_bytes_that_are_no_text_are_no_fault(qtbot: QtBot) -> None:
    name = f"convergedesk-{uuid4().hex[:12]}"
    bell = Doorbell(name)
    socket = QLocalSocket()
    with qtbot.waitSignal(bell.link_brought) as brought:
        socket.connectToServer(name)
        assert socket.waitForConnected(1000)
        socket.write(b"\xff\xfe\x00 x\nmore")
        socket.flush()
    assert brought.args
    socket.abort()
    bell.close()
