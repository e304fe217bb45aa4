"""The filter of system calls, run by a small interpreter of its own on both architectures."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse.sandbox.inside import landlock
from lakehouse.sandbox.inside.seccomp import ALLOW, DENY, KILL_PROCESS, Instruction, build
from lakehouse.sandbox.inside.syscalls import ALLOWED, ARCHITECTURES, DENIED

PROCESS = 4711
MACHINES = pytest.mark.parametrize("name", sorted(ARCHITECTURES))
LOAD, EQUAL, GREATER_EQUAL, BITS_SET, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06


def verdict(program: list[Instruction], audit: int, number: int, *arguments: int) -> int:
    """Run a filter on one system call, as the kernel does."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, audit, 0, *padded)
    accumulator, position = 0, 0
    while True:
        operation, if_true, if_false, operand = program[position]
        position += 1
        if operation == RETURN:
            return operand
        if operation == LOAD:
            accumulator = struct.unpack_from("<I", data, operand)[0]
            continue
        truth = {
            EQUAL: accumulator == operand,
            GREATER_EQUAL: accumulator >= operand,
            BITS_SET: bool(accumulator & operand),
        }[operation]
        position += if_true if truth else if_false


def judged(name: str, number: int, *arguments: int) -> int:
    machine = ARCHITECTURES[name]
    return verdict(build(machine, PROCESS, read_from=0, write_to=1), machine.audit, number, *arguments)


@MACHINES
def test_the_calls_of_computing_pass_and_those_of_libraries_are_denied(name: str) -> None:
    machine = ARCHITECTURES[name]
    assert {judged(name, number) for number in machine.numbers(ALLOWED)} == {ALLOW}
    assert {judged(name, number) for number in machine.numbers(DENIED)} == {DENY}


@MACHINES
def test_every_other_call_kills(name: str) -> None:
    known = set(ARCHITECTURES[name].calls.values())
    assert {judged(name, number) for number in range(1_000) if number not in known} == {KILL_PROCESS}


@MACHINES
@given(descriptor=st.integers(0, 2**64 - 1))
def test_only_one_descriptor_is_read_and_one_written(name: str, descriptor: int) -> None:
    calls = ARCHITECTURES[name].calls
    assert judged(name, calls["read"], descriptor) == (ALLOW if descriptor == 0 else DENY)
    assert judged(name, calls["write"], descriptor) == (ALLOW if descriptor == 1 else DENY)


@MACHINES
@pytest.mark.parametrize("descriptor", [1 << 32, (1 << 32) + 1])
def test_the_upper_half_of_a_descriptor_counts(name: str, descriptor: int) -> None:
    calls = ARCHITECTURES[name].calls
    assert judged(name, calls["read"], descriptor) == DENY
    assert judged(name, calls["write"], descriptor) == DENY


@MACHINES
def test_a_worker_may_signal_itself_and_nobody_else(name: str) -> None:
    number = ARCHITECTURES[name].calls["tgkill"]
    assert judged(name, number, PROCESS, PROCESS, 6) == ALLOW
    assert {judged(name, number, other) for other in (1, PROCESS - 1, 2**32 + PROCESS, 2**64 - 1)} == {DENY}


@MACHINES
@given(protection=st.integers(0, 2**32 - 1))
def test_no_memory_becomes_runnable(name: str, protection: int) -> None:
    calls = ARCHITECTURES[name].calls
    expected = DENY if protection & 4 else ALLOW
    assert judged(name, calls["mmap"], 0, 4096, protection) == expected
    assert judged(name, calls["mprotect"], 0, 4096, protection) == expected


@MACHINES
def test_calls_of_another_architecture_kill(name: str) -> None:
    machine = ARCHITECTURES[name]
    program = build(machine, PROCESS, read_from=0, write_to=1)
    for audit in (0x40000003, 0x40000028, *(other.audit for other in ARCHITECTURES.values() if other is not machine)):
        assert verdict(program, audit, machine.calls["brk"]) == KILL_PROCESS
    assert verdict(program, machine.audit, 0x40000000 + machine.calls["write"], 1) == KILL_PROCESS


def test_every_jump_of_the_filter_stays_inside_it_and_fits_a_byte() -> None:
    for machine in ARCHITECTURES.values():
        program = build(machine, PROCESS, read_from=0, write_to=1)
        for position, (_, if_true, if_false, _) in enumerate(program):
            assert max(if_true, if_false) < min(256, len(program) - position)


@pytest.mark.parametrize(("kernel", "length"), [(1, 8), (3, 8), (4, 16), (5, 16), (6, 24), (9, 24)])
def test_an_older_kernel_gets_a_shorter_ruleset(kernel: int, length: int) -> None:
    assert len(landlock.ruleset(kernel)) == length


@pytest.mark.parametrize(("kernel", "rights"), [(1, 13), (2, 14), (3, 15), (4, 15), (5, 16), (7, 16)])
def test_a_ruleset_handles_every_right_to_files_of_its_version(kernel: int, rights: int) -> None:
    assert struct.unpack_from("=Q", landlock.ruleset(kernel))[0] == (1 << rights) - 1
