from uuid import uuid4

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
