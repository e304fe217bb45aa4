"""Seccomp: a filter in the kernel that kills the worker at any system call that computing does not need."""

from __future__ import annotations

import ctypes
import errno
import struct
from typing import Final, TypeAlias

from lakehouse.sandbox.inside.libc import PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, prctl
from lakehouse.sandbox.inside.syscalls import ALLOWED, DENIED, Architecture

Instruction: TypeAlias = tuple[int, int, int, int]
"""Classic BPF: operation, how far to jump where true, where false, operand."""

MODE_FILTER: Final = 2
LOAD: Final = 0x20
JUMP_EQUAL: Final = 0x15
JUMP_GREATER_EQUAL: Final = 0x35
JUMP_BITS_SET: Final = 0x45
RETURN: Final = 0x06

ALLOW: Final = 0x7FFF0000
KILL_PROCESS: Final = 0x80000000
DENY: Final = 0x00050000 | errno.EACCES

NUMBER, ARCHITECTURE = 0, 4
X32_BIT: Final = 0x40000000
PROT_EXEC: Final = 4


def install(instructions: list[Instruction]) -> None:
    """Put the filter in force for the rest of this process's life; raises `OSError`."""
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = struct.pack("@HP", len(instructions), ctypes.addressof(buffer))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.cast(ctypes.create_string_buffer(program), ctypes.c_void_p))


def build(machine: Architecture, process: int, read_from: int, write_to: int) -> list[Instruction]:
    """Return the filter: compute, read one descriptor, write another, signal itself (`abort` does), nothing else."""
    calls = machine.calls
    return [
        (LOAD, 0, 0, ARCHITECTURE),
        (JUMP_EQUAL, 1, 0, machine.audit),
        (RETURN, 0, 0, KILL_PROCESS),
        (LOAD, 0, 0, NUMBER),
        # On x86_64 the same calls exist a second time under other numbers; no other machine has numbers that large.
        (JUMP_GREATER_EQUAL, 0, 1, X32_BIT),
        (RETURN, 0, 0, KILL_PROCESS),
        *(step for number in machine.numbers(ALLOWED) for step in _when(number, ALLOW)),
        *_when_first_argument_is(calls["read"], read_from),
        *_when_first_argument_is(calls["write"], write_to),
        *_when_first_argument_is(calls["tgkill"], process),
        *_when_not_executable(calls["mmap"]),
        *_when_not_executable(calls["mprotect"]),
        *(step for number in machine.numbers(DENIED) for step in _when(number, DENY)),
        (RETURN, 0, 0, KILL_PROCESS),
    ]


def _when(number: int, verdict: int) -> list[Instruction]:
    return [(JUMP_EQUAL, 0, 1, number), (RETURN, 0, 0, verdict)]


def _when_first_argument_is(number: int, value: int) -> list[Instruction]:
    """Allow a call for one value of its first argument, compared over all 64 bits; deny it for any other."""
    return [
        (JUMP_EQUAL, 0, 6, number),
        (LOAD, 0, 0, _argument(0) + 4),
        (JUMP_EQUAL, 0, 3, 0),
        (LOAD, 0, 0, _argument(0)),
        (JUMP_EQUAL, 0, 1, value),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, DENY),
    ]


def _when_not_executable(number: int) -> list[Instruction]:
    """Allow memory, but none that code could be run from."""
    return [
        (JUMP_EQUAL, 0, 4, number),
        (LOAD, 0, 0, _argument(2)),
        (JUMP_BITS_SET, 0, 1, PROT_EXEC),
        (RETURN, 0, 0, DENY),
        (RETURN, 0, 0, ALLOW),
    ]


def _argument(index: int) -> int:
    """Return where the low half of an argument lies in `struct seccomp_data` on a little-endian machine."""
    return 16 + 8 * index
