"""What guards a reader is told where it is asked for, and what is missing is said at the start of a worker."""

import logging

import pytest

from workers.confinement import guards, seccomp
from workers.confinement.guards import warn_of_gaps
from workers.confinement.system_calls import MACHINES


@pytest.mark.parametrize(("version", "missing"), [(0, {"files", "signals"}), (5, {"signals"}), (6, set())])
def test_a_kernel_that_lacks_a_guard_is_warned_of_at_the_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, version: int, missing: set[str]
) -> None:
    monkeypatch.setattr(guards, "find_version", lambda: version)
    monkeypatch.setattr(guards, "is_root", lambda: False)
    with caplog.at_level(logging.WARNING):
        warn_of_gaps()
    said = [record.getMessage() for record in caplog.records]
    assert {message.partition("(")[2].partition(")")[0] for message in said} == missing
    assert all("Linux" in message for message in said)


def test_a_machine_without_a_table_of_calls_is_warned_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(seccomp, "machine", lambda: "riscv64")
    monkeypatch.setattr(guards, "machine", lambda: "riscv64")
    with caplog.at_level(logging.WARNING):
        warn_of_gaps()
    assert "no table of system calls for riscv64" in caplog.text


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_of_each_machine_ends_in_an_answer_whatever_is_called(machine: str) -> None:
    program = seccomp.assemble(machine)
    steps = [program[start : start + 8] for start in range(0, len(program), 8)]
    for number, step in enumerate(steps):
        operation, if_so, if_not = int.from_bytes(step[:2], "little"), step[2], step[3]
        if operation & 0x07 == 0x05:  # BPF_JMP
            assert number + 1 + max(if_so, if_not) < len(steps)
    assert int.from_bytes(steps[-1][:2], "little") == 0x06  # BPF_RET
