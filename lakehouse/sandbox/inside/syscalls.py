"""System calls by name, for the two architectures that the sandbox knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_ALLOWED: Final = """
    brk clock_getres clock_gettime exit exit_group futex getpid gettid gettimeofday madvise membarrier mremap
    munmap restart_syscall rseq rt_sigprocmask rt_sigreturn sched_yield time
"""

_DENIED: Final = """
    access close close_range dup dup2 dup3 faccessat faccessat2 fcntl fstat fstatfs fsync ftruncate getcwd
    getdents64 getegid geteuid getgid getppid getrandom getrlimit getrusage getuid ioctl lseek lstat newfstatat
    open openat openat2 poll ppoll pread64 prlimit64 readlink readlinkat readv rt_sigaction sched_getaffinity
    set_robust_list sigaltstack stat statfs statx sysinfo uname writev
"""

_NUMBERS: Final = {
    "x86_64": """
        read=0 write=1 open=2 close=3 stat=4 fstat=5 lstat=6 poll=7 lseek=8 mmap=9 mprotect=10 munmap=11 brk=12
        rt_sigaction=13 rt_sigprocmask=14 rt_sigreturn=15 ioctl=16 pread64=17 readv=19 writev=20 access=21
        sched_yield=24 mremap=25 madvise=28 dup=32 dup2=33 getpid=39 exit=60 uname=63 fcntl=72 fsync=74
        ftruncate=77 getcwd=79 readlink=89 gettimeofday=96 getrlimit=97 getrusage=98 sysinfo=99 getuid=102
        getgid=104 geteuid=107 getegid=108 getppid=110 sigaltstack=131 statfs=137 fstatfs=138 gettid=186
        time=201 futex=202 sched_getaffinity=204 getdents64=217 restart_syscall=219 clock_gettime=228
        clock_getres=229 exit_group=231 tgkill=234 openat=257 newfstatat=262 readlinkat=267 faccessat=269
        ppoll=271 set_robust_list=273 dup3=292 prlimit64=302 getrandom=318 membarrier=324 statx=332 rseq=334
        close_range=436 openat2=437 faccessat2=439
    """,
    "aarch64": """
        getcwd=17 dup=23 dup3=24 fcntl=25 ioctl=29 statfs=43 fstatfs=44 ftruncate=46 faccessat=48 openat=56
        close=57 getdents64=61 lseek=62 read=63 write=64 readv=65 writev=66 pread64=67 ppoll=73 readlinkat=78
        newfstatat=79 fstat=80 fsync=82 exit=93 exit_group=94 futex=98 set_robust_list=99 clock_gettime=113
        clock_getres=114 sched_getaffinity=123 sched_yield=124 restart_syscall=128 tgkill=131 sigaltstack=132
        rt_sigaction=134 rt_sigprocmask=135 rt_sigreturn=139 uname=160 getrlimit=163 getrusage=165
        gettimeofday=169 getpid=172 getppid=173 getuid=174 geteuid=175 getgid=176 getegid=177 gettid=178
        sysinfo=179 brk=214 munmap=215 mremap=216 mmap=222 mprotect=226 madvise=233 prlimit64=261 getrandom=278
        membarrier=283 statx=291 rseq=293 close_range=436 openat2=437 faccessat2=439
    """,
}

ALLOWED: Final = frozenset(_ALLOWED.split())
"""What computing needs: memory, the end, and what the C library does behind the scenes."""

DENIED: Final = frozenset(_DENIED.split())
"""What libraries try by the way: it fails as if access were denied, and they live with it. All the rest kills."""


@dataclass(frozen=True, slots=True)
class Architecture:
    """A machine's audit number, as the kernel shows it to filters, and its numbers of system calls by name."""

    audit: int
    calls: dict[str, int]

    def numbers(self, names: frozenset[str]) -> list[int]:
        """Return the numbers of those names that this machine has, in order."""
        return sorted(self.calls[name] for name in names if name in self.calls)


def _calls(machine: str) -> dict[str, int]:
    return {name: int(number) for name, _, number in (pair.partition("=") for pair in _NUMBERS[machine].split())}


ARCHITECTURES: Final = {
    "x86_64": Architecture(0xC000003E, _calls("x86_64")),
    "aarch64": Architecture(0xC00000B7, _calls("aarch64")),
}
