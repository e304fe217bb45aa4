"""What hostile code tries: each attempt yields a record only if it got through."""

# ruff: noqa: E501, RUF001 (hostile code is neither short nor plain)

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Attempt:
    """A body of `parse`, and what stands above it; `url` and `body` are those of the page."""

    name: str
    body: str
    top: str = ""


def attempts(listing: str) -> list[Attempt]:
    """Return the attempts of a listing: `# name`, then lines of `parse`; lines that begin with `^` stand above it."""
    found = []
    for block in listing.replace("<RLO>", "\u202e").strip().split("\n# "):
        name, *lines = block.removeprefix("# ").splitlines()
        top = "\n".join(line.removeprefix("^") for line in lines if line.startswith("^"))
        body = "\n".join(line for line in lines if not line.startswith("^"))
        found.append(Attempt(name.strip().replace(" ", "-"), body, top))
    return found


LANGUAGE = attempts(r"""
# the subclasses of object
for kind in ().__class__.__base__.__subclasses__():
    if kind.__name__ == "_wrap_close":
        yield {"escaped": kind.__init__.__globals__["popen"]("id").read()}

# the globals of a reader
^from lakehouse.fetcher import text
yield {"escaped": text.__globals__["__builtins__"]["open"]("/etc/passwd").read()}

# a format string that walks attributes
yield {"escaped": open("{0.__class__.__init__.__globals__[__file__]}".format(page)).read()}

# format_map
yield {"escaped": open("{p.__class__.__module__}".format_map({"p": page})).read()}

# format handed to map
yield {"escaped": list(map(str.format, ["{0.__dict__}"], [page]))[0] + open("/etc/hostname").read()}

# the frame of a generator
steps = (step for step in [1])
yield {"escaped": steps.gi_frame.f_back.f_builtins["open"]("/etc/passwd").read()}

# the frames of a traceback
try:
    1 / 0
except ZeroDivisionError as error:
    yield {"escaped": error.__traceback__.tb_frame.f_back.f_globals["os"].listdir("/")[0]}

# a traceback through with_traceback
yield {"escaped": ValueError().with_traceback(None).__class__.__mro__[-1].__subclasses__()[0].__name__ + open("/etc/hostname").read()}

# getattr with a name put together
yield {"escaped": getattr(getattr(page, "__cla" + "ss__"), "__init__").__globals__["__builtins__"]["open"]("/etc/passwd").read()}

# eval
yield {"escaped": eval("open('/etc/passwd').read()")}

# exec
exec("import os; found = os.listdir('/')[0]")
yield {"escaped": locals()["found"]}

# compile
yield {"escaped": eval(compile("open('/etc/passwd').read()", "x", "eval"))}

# __import__
yield {"escaped": __import__("os").listdir("/")[0]}

# import of os
^import os
yield {"escaped": os.listdir("/")[0]}

# import from os
^from os import listdir
yield {"escaped": listdir("/")[0]}

# import inside of a function
import os
yield {"escaped": os.listdir("/")[0]}

# import of a submodule
^import urllib.request
yield {"escaped": urllib.request.urlopen("file:///etc/passwd").read().decode()}

# import of the engine
^from lakehouse.sandbox.process import _spawn
yield {"escaped": str(_spawn)}

# the modules that re imports
^import re
yield {"escaped": re.enum.sys.modules["os"].listdir("/")[0]}

# the modules that json imports
^import json
yield {"escaped": json.codecs.open("/etc/passwd").read()}

# the modules that collections imports
^import collections
yield {"escaped": collections._sys.modules["os"].listdir("/")[0]}

# the modules that datetime imports
^import datetime
yield {"escaped": datetime.sys.modules["os"].listdir("/")[0]}

# code in the names of a namedtuple
^from collections import namedtuple
yield {"escaped": namedtuple("x", "a b")._make.__func__.__globals__["_sys"].modules["os"].listdir("/")[0]}

# a class pattern
match page:
    case object(__class__=kind):
        yield {"escaped": kind.__init__.__globals__["json"].codecs.open("/etc/passwd").read()}

# a class
class Hook:
    def __init_subclass__(cls):
        cls.seen = open("/etc/passwd").read()
class Sub(Hook): pass
yield {"escaped": Sub.seen}

# a metaclass in three arguments
kind = type("Hook", (object,), {"__del__": lambda self: None})
yield {"escaped": kind.__mro__[1].__subclasses__()[0].__name__ + open("/etc/hostname").read()}

# a decorator that runs at import
^@print
^def hook():
^    pass
yield {"escaped": open("/etc/passwd").read()}

# work in a default value
^def hook(found=open("/etc/passwd").read()):
^    return found
yield {"escaped": hook()}

# work in an annotation
^found: open("/etc/passwd").read() = 1
yield {"escaped": open(__annotations__["found"]).read()}

# work at import
^found = open("/etc/passwd").read()
yield {"escaped": found}

# a with statement
with open("/etc/passwd") as file:
    yield {"escaped": file.read()}

# async frames
async def wait():
    pass
waiting = wait()
yield {"escaped": waiting.cr_frame.f_builtins["open"]("/etc/passwd").read()}

# a global statement
global parse
parse = open
yield {"escaped": parse("/etc/passwd").read()}

# letters that look like others
yield {"escaped": ｅｖａｌ("open('/etc/passwd').read()")}

# an attribute in letters that look like others
yield {"escaped": page.__claſs__.__init__.__globals__["json"].codecs.open("/etc/passwd").read()}

# a right-to-left override that hides code
allowed = "<RLO>" and open("/etc/passwd").read()
yield {"escaped": allowed}

# replacing a method of the page
page.select = lambda css: [open("/etc/passwd").read()]
yield {"escaped": page.select("x")[0]}

# replacing a method in a comprehension
[0 for page.select in [open]]
yield {"escaped": page.select("/etc/passwd").read()}

# deleting what a class is guarded by
del page.__class__.select
yield {"escaped": open("/etc/passwd").read()}

# the loader of a module
yield {"escaped": __loader__.get_data("/etc/passwd").decode()}

# vars and dir
yield {"escaped": vars(page.__class__)["select"].__globals__["json"].codecs.open("/etc/passwd").read()}

# the builtins by their name
yield {"escaped": __builtins__["open"]("/etc/passwd").read()}

# the parser underneath the page
yield {"escaped": page.html._element.parser.__class__.__reduce_ex__(2)[0].__globals__["os"].listdir("/")[0]}

# pickle behind json
^import json
yield {"escaped": json.loads('{"py/object": "os.system"}')["py/object"].__class__.__base__.__subclasses__()[0].__name__ + open("/etc/hostname").read()}

# a codec that imports
yield {"escaped": b"import os".decode("os").__class__.__name__ + open("/etc/hostname").read()}

# the object that an error holds
try:
    page.nothing
except AttributeError as error:
    yield {"escaped": error.obj.__class__.__init__.__globals__["json"].codecs.open("/etc/passwd").read()}

# throwing into a generator
steps = page.links("a")
steps.throw(ValueError)
yield {"escaped": open("/etc/passwd").read()}

# a bare except that eats the end
try:
    open("/etc/passwd").read()
except:
    yield {"escaped": open("/etc/hostname").read()}

# the debugger
breakpoint()
yield {"escaped": open("/etc/passwd").read()}

# standard input
yield {"escaped": input() + open("/etc/passwd").read()}

# a default of a lambda
read = lambda path, how=open: how(path).read()
yield {"escaped": read("/etc/passwd")}

# a walrus in a comprehension
[how := open for _ in [1]]
yield {"escaped": how("/etc/passwd").read()}

# a format inside of a format
yield {"escaped": f"{'x':{len(open('/etc/passwd').read())}}"}

# a pattern that binds the builtins
match {"open": open}:
    case {**__builtins__}:
        yield {"escaped": __builtins__["open"]("/etc/passwd").read()}

# a star that takes everything
^from os import *
yield {"escaped": listdir("/")[0]}

# an argument that is named like a method
yield {"escaped": (lambda **__import__: __import__["o"])(o=open)("/etc/passwd").read()}

# the class of an empty text
yield {"escaped": f"{''.__class__.__base__.__subclasses__()}" + open("/etc/passwd").read()}

# super
yield {"escaped": super(page.__class__, page).__init__.__objclass__.__subclasses__()[0].__name__ + open("/etc/hostname").read()}
""")
"""Ways through the language; where Python itself can do it, they end in a file, so that the locks can hold it too."""

KERNEL = attempts(r"""
# reading a file
yield {"escaped": open("/etc/passwd").read()}

# reading its own environment
yield {"escaped": open("/proc/self/environ").read()}

# reading its own memory map
yield {"escaped": open("/proc/self/maps").read()}

# writing its own memory
__import__("os").open("/proc/self/mem", 2)
yield {"escaped": "memory"}

# reading the environment of the engine
os = __import__("os")
yield {"escaped": open(f"/proc/{os.getppid()}/environ").read()}

# listing a folder
yield {"escaped": __import__("os").listdir("/")[0]}

# asking for a file's size
yield {"escaped": str(__import__("os").stat("/etc/passwd"))}

# making a file
os = __import__("os")
os.open("/tmp/escaped", os.O_CREAT | os.O_WRONLY)
yield {"escaped": "made"}

# removing a file
__import__("os").unlink("/tmp/nothing-there")
yield {"escaped": "removed"}

# making a folder
__import__("os").mkdir("/tmp/escaped")
yield {"escaped": "made"}

# renaming
__import__("os").rename("/tmp/a", "/tmp/b")
yield {"escaped": "renamed"}

# a symbolic link
__import__("os").symlink("/etc/passwd", "/tmp/escaped")
yield {"escaped": "linked"}

# changing the mode of a file
__import__("os").chmod("/tmp", 511)
yield {"escaped": "changed"}

# an internet socket
yield {"escaped": libc.socket(2, 1, 0)}

# a datagram socket
yield {"escaped": libc.socket(2, 2, 0)}

# an IPv6 socket
yield {"escaped": libc.socket(10, 1, 0)}

# a unix socket
yield {"escaped": libc.socket(1, 1, 0)}

# a netlink socket
yield {"escaped": libc.socket(16, 3, 0)}

# a packet socket
yield {"escaped": libc.socket(17, 3, 0)}

# a vsock socket
yield {"escaped": libc.socket(40, 1, 0)}

# a kernel crypto socket
yield {"escaped": libc.socket(38, 5, 0)}

# a pair of sockets
pair = (ctypes.c_int * 2)()
yield {"escaped": libc.socketpair(1, 1, 0, pair)}

# fork
yield {"escaped": libc.fork()}

# vfork by number
yield {"escaped": libc.syscall(58)}

# clone3
yield {"escaped": libc.syscall(435, bytes(88), 88)}

# a thread
yield {"escaped": __import__("_thread").start_new_thread(print, ())}

# running another program
libc.execv(b"/bin/true", None)
yield {"escaped": "returned"}

# a file in memory to run
yield {"escaped": libc.memfd_create(b"x", 0)}

# execveat
libc.syscall(322, -100, b"/bin/true", None, None, 0)
yield {"escaped": "returned"}

# killing the engine
os = __import__("os")
os.kill(os.getppid(), 0)
yield {"escaped": "killed"}

# killing everything
libc.kill(-1, 0)
yield {"escaped": "killed"}

# signalling a thread of the engine
os = __import__("os")
if libc.syscall(234, os.getppid(), os.getppid(), 0) == 0:
    yield {"escaped": "signalled"}

# a handle on the engine
yield {"escaped": libc.syscall(434, __import__("os").getppid(), 0)}

# tracing the engine
yield {"escaped": libc.ptrace(16, __import__("os").getppid(), 0, 0)}

# reading the memory of the engine
yield {"escaped": libc.process_vm_readv(__import__("os").getppid(), None, 0, None, 0, 0)}

# memory that code can run from
libc.mmap.restype = ctypes.c_void_p
at = libc.mmap(None, 4096, 7, 34, -1, 0)
if at != 2**64 - 1:
    yield {"escaped": "runs"}

# memory that becomes runnable
libc.mmap.restype = ctypes.c_void_p
at = libc.mmap(None, 4096, 3, 34, -1, 0)
if libc.mprotect(ctypes.c_void_p(at), 4096, 5) == 0:
    yield {"escaped": "runs"}

# io_uring
yield {"escaped": libc.syscall(425, 8, bytes(120))}

# a program in the kernel
yield {"escaped": libc.syscall(321, 0, bytes(120), 120)}

# performance counters
yield {"escaped": libc.syscall(298, bytes(120), 0, -1, -1, 0)}

# page faults in user space
yield {"escaped": libc.syscall(323, 0)}

# the kernel's keys
yield {"escaped": libc.syscall(250, 0, -3, 0)}

# namespaces
yield {"escaped": libc.unshare(0x10000000)}

# mounting
yield {"escaped": libc.mount(b"none", b"/tmp", b"tmpfs", 0, None)}

# changing the root
yield {"escaped": libc.chroot(b"/tmp")}

# becoming root again
yield {"escaped": libc.setuid(0)}

# raising a limit
resource = __import__("resource")
resource.setrlimit(resource.RLIMIT_AS, (-1, -1))
yield {"escaped": "raised"}

# another filter
yield {"escaped": libc.prctl(22, 2, 0, 0, 0)}

# memory that is runnable by default
yield {"escaped": libc.personality(0x0400000)}

# a file by its handle
yield {"escaped": libc.syscall(304, -100, bytes(16), 0)}

# descriptors of the engine
yield {"escaped": libc.syscall(438, __import__("os").getppid(), 0, 0)}

# becoming dumpable
yield {"escaped": libc.prctl(4, 1, 0, 0, 0)}

# a timer that wakes it
yield {"escaped": libc.alarm(1)}

# ignoring the signals of limits
signal = __import__("_signal")
signal.signal(24, signal.SIG_IGN)
yield {"escaped": "ignored"}

# sleeping
__import__("time").sleep(0.01)
yield {"escaped": "slept"}

# shared memory
yield {"escaped": libc.shmget(0, 4096, 0o1600)}

# a pipe to keep
pair = (ctypes.c_int * 2)()
yield {"escaped": libc.pipe(pair)}

# writing to standard error
yield {"escaped": __import__("os").write(2, b"x")}

# closing the leash
for descriptor in range(3, 200):
    if libc.close(descriptor) == 0:
        yield {"escaped": descriptor}

# cutting the leash
fcntl = __import__("fcntl")
for descriptor in range(3, 200):
    if libc.fcntl(descriptor, 4, 0) == 0:
        yield {"escaped": descriptor}

# the old numbers of 32-bit programs
yield {"escaped": libc.syscall(0x40000000 + 41, 2, 1, 0)}

# importing a module that is not loaded
yield {"escaped": __import__("subprocess").__name__}

# importing from a folder of its own
sys = __import__("sys")
sys.path.append("/usr/lib/python3/dist-packages")
yield {"escaped": __import__("tkinter").__name__}

# the engine's half of the sandbox
yield {"escaped": str(__import__("lakehouse.sandbox.process", fromlist=["Process"]).Process)}
""")
"""Ways through the kernel, by code that has all of Python: no static check and no facade stand before the locks."""

EXHAUSTION = attempts(r"""
# an endless loop
while True:
    pass

# an endless generator of records
while True:
    yield {"a": 1}

# an endless generator without records
^from itertools import count
yield {"escaped": sum(count())}

# a regular expression that explodes
^import re
yield {"escaped": str(re.fullmatch("(a+)+b", "a" * 60))}

# a block of memory
yield {"escaped": len(bytes(10**9))}

# a list that grows
kept = []
while True:
    kept.append("x" * 1_000_000 + str(len(kept)))

# a wide field in a format
yield {"escaped": len("%1000000000d" % 1)}

# a wide field in an f-string
width = 10**9
yield {"escaped": len(f"{1:{width}}")}

# a text that doubles
text = "x"
while len(text) < 10**10:
    text += text
yield {"escaped": len(text)}

# a huge power
yield {"escaped": (7 ** (10**8)) % 10}

# a huge shift
yield {"escaped": (1 << (10**11)).bit_length()}

# an integer that prints for ever
yield {"escaped": str(10**100_000)}

# a decimal with a huge exponent
^from decimal import Decimal
yield {"escaped": int(Decimal("1e1000000000")) % 2}

# recursion
again = lambda: again()
again()
yield {"escaped": 1}

# deeply nested JSON
^import json
yield {"escaped": str(json.loads("[" * 100_000 + "]" * 100_000))}

# a deeply nested list
nested = []
for _ in range(100_000):
    nested = [nested]
yield {"escaped": repr(nested)}

# keys that collide
step = 2**61 - 1
yield {"escaped": len({number * step for number in range(200_000)})}

# a record that is too large for the pipe
yield {"escaped": "x" * 3_000_000}

# records that are too many
for number in range(5_000):
    yield {"escaped": number}

# a record with endless fields
yield {str(number): number for number in range(5_000)}

# an integer that no table holds
yield {"escaped": 10**30}

# a float that is no number
yield {"escaped": float("nan")}

# a value that is no value
yield {"escaped": {"a": {"b": page}}}

# a function as a value
yield {"escaped": parse}

# the page as a record
yield page

# a text instead of records
return "escaped"

# nothing instead of records
return None
""")
"""Ways to eat time, memory and the engine's patience, all in the language of fetchers."""
