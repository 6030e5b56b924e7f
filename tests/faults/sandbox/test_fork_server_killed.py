"""A fork server that is killed takes its children along, is started again, and costs no document."""

import signal
import threading

from tests.support.sandbox_faults import Faults, gone, wait_until


def test_the_next_document_gets_a_new_server(faults: Faults) -> None:
    faults.check_fine()
    (server,) = faults.children()
    server.kill()
    faults.check_fine()
    assert [child.pid for child in faults.children()] != [server.pid]


def test_a_signal_to_shut_down_is_the_workers_to_decide_on(faults: Faults) -> None:
    faults.check_fine()
    (server,) = faults.children()
    server.send_signal(signal.SIGTERM)
    server.send_signal(signal.SIGINT)
    faults.check_fine()
    assert faults.children() == [server]


def test_the_document_it_had_is_tried_once_more(faults: Faults) -> None:
    errors = []
    thread = threading.Thread(target=lambda: errors.append(faults.error("leaves_grandchildren")))
    thread.start()
    first = faults.pids(3)
    (server,) = faults.children()
    server.kill()
    wait_until(lambda: set(faults.pids(3)).isdisjoint(first))
    thread.join()
    assert [error.category for error in errors] == ["timeout"]
    wait_until(lambda: all(map(gone, first[:2])))
