"""Where work is done: this process, local processes, or a dask cluster; the results are the same bytes.

Tasks are chunks, since handing one out costs milliseconds; what all tasks of a stage need is shared once.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.errors import PublishError, SiteError

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Task = TypeVar("Task")
Done = TypeVar("Done")
Value = TypeVar("Value")

Watch = Callable[[int, int], None]
"""Hears how many tasks are done, and of how many."""

CHUNK: Final = 32
"""Pages a task: large enough that handing out tasks costs nothing, small enough that all workers stay busy."""
SMALL: Final = 48
"""Below this many pages, processes cost more than they save."""
_AHEAD: Final = 3
"""Tasks a worker may be ahead of whoever reads the results: results must not pile up in memory."""
_HERE: dict[str, Any] = {}
"""What is shared with this process: set before local workers fork, loaded from a file by fresh and distant ones."""
_PDEATHSIG: Final = 1
_NUMBERS: Final = count()
_BROKEN: Final = "a worker process was killed, perhaps because memory ran out; free some, or use fewer processes: --jobs 1"


class Shared(Struct, Generic[Value], frozen=True):
    """Something that every task of a stage needs, sent once: `get` gives it in any worker."""

    name: str

    def get(self) -> Value:
        """The value: inherited by workers that are copies, read from the file `name` by others."""
        if self.name not in _HERE:
            import pickle  # noqa: PLC0415  only where a worker shares no memory with this process

            _HERE.clear()
            _HERE[self.name] = pickle.loads(Path(self.name).read_bytes())  # noqa: S301  written by this very run
        value: Value = _HERE[self.name]
        return value


class Crew(Struct, frozen=True):
    """Where tasks go: `jobs` local processes (1 is this process), or the scheduler at `address` (dask://HOST:PORT).

    Local processes are copies of this one with all its memory, unless they are to be `fresh`. `watch` hears of each task that is done.
    """

    jobs: int
    address: str = ""
    fresh: bool = False
    watch: Watch | None = None

    def apart(self) -> Crew:
        """The same crew, in fresh processes where they are local: for work that takes much memory and needs little of what is known here."""
        return replace(self, fresh=self.jobs > 1 and not self.address)

    @contextmanager
    def share(self, value: Value) -> Iterator[Shared[Value]]:
        """Make a value known to the workers of `run`; while the context lasts."""
        with _written(value) if self.address or self.fresh else nullcontext(f"shared {next(_NUMBERS)}") as name:
            _HERE[name] = value
            try:
                yield Shared(name)
            finally:
                _HERE.pop(name, None)

    def run(self, work: Callable[[Task], Done], tasks: Iterable[Task]) -> Iterator[Done]:
        """The results of `work` on each task, in the order of the tasks. Raises PublishError where a local process is killed."""
        todo = list(tasks)
        for number, done in enumerate(self._done(work, todo), 1):
            if self.watch:
                self.watch(number, len(todo))
            yield done

    def _done(self, work: Callable[[Task], Done], todo: Sequence[Task]) -> Iterator[Done]:
        if not todo or (not self.address and not self.fresh and (self.jobs < 2 or len(todo) < 2)):  # noqa: PLR2004  one worker is this process
            yield from map(work, todo)
            return
        with self._executor(min(self.jobs, len(todo))) as pool:
            waiting: deque[Future[Done]] = deque()
            for task in todo:
                waiting.append(pool.submit(work, task))
                if len(waiting) >= _AHEAD * self.jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    @contextmanager
    def aside(self, work: Callable[[], bytes]) -> Iterator[Callable[[], bytes]]:
        """Begin to work beside what follows, where local processes may; else where the result is waited for. Nobody works on after the context."""
        if self.jobs < 2 or self.address:  # noqa: PLR2004  one worker is this process
            yield work
            return
        copy = aside(work)
        try:
            yield copy
        finally:
            copy.drop()

    @contextmanager
    def _executor(self, jobs: int) -> Iterator[Executor]:
        if not self.address:
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  a run in which little changed needs no pool
            from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  the same
            from multiprocessing import get_context  # noqa: PLC0415  the same

            try:
                with ProcessPoolExecutor(jobs, mp_context=get_context("spawn" if self.fresh else "fork"), initializer=bound) as pool:
                    yield pool
            except BrokenProcessPool:
                raise PublishError(_BROKEN) from None
            return
        try:
            from distributed import Client  # noqa: PLC0415  an extra: pip install sintoma[dask]
        except ModuleNotFoundError:
            raise SiteError('--executor: the package distributed is not installed: pip install "sintoma[dask]"') from None
        try:
            client = Client(self.address.replace("dask://", "tcp://"))  # type: ignore[no-untyped-call]  # distributed has no types
        except OSError as error:
            raise PublishError(f"no scheduler answers at {self.address} ({error}); start one with `dask scheduler`, or build without --executor") from None
        with client:
            yield client.get_executor()  # type: ignore[no-untyped-call]  # the same


@contextmanager
def _written(value: object) -> Iterator[str]:
    """The name of a file that holds a value, for workers that share no memory with this process."""
    import pickle  # noqa: PLC0415  only where they do not
    import tempfile  # noqa: PLC0415  the same

    with tempfile.TemporaryDirectory(prefix="sintoma-") as folder:
        file = Path(folder) / "shared"
        file.write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        yield str(file)


def bound() -> None:
    """In a process that multiprocessing made: end with the one that asked for it. A killed one would leave it waiting, or at work, for ever."""
    from multiprocessing import parent_process  # noqa: PLC0415  only in such processes
    from threading import Thread  # noqa: PLC0415  the same

    if giver := parent_process():
        Thread(target=_follow, args=(giver.join,), daemon=True).start()


def _follow(join: Callable[[], None]) -> NoReturn:
    join()
    os._exit(1)


class Copy(Struct):
    """A copy of this process that works at something; called, it waits for the result."""

    work: Callable[[], bytes]
    process: int
    pipe: int

    def __call__(self) -> bytes:
        """What the copy made. Where it failed, the work is done here, so that what is wrong shows where it is waited for."""
        with os.fdopen(self.pipe, "rb") as pipe:
            data = pipe.read()
        process, self.process = self.process, 0
        return data if os.waitpid(process, 0)[1] == 0 else self.work()

    def drop(self) -> None:
        """End the copy if nobody waited for it."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            os.close(self.pipe)
            self.process = 0


def aside(work: Callable[[], bytes]) -> Copy:
    """Begin to work in a copy of this process, which goes on meanwhile."""
    here, there = os.pipe()
    giver = os.getpid()
    copy = os.fork()
    if not copy:
        _end_with(giver)
        _send(work, there)
    os.close(there)
    return Copy(work, copy, here)


def _end_with(giver: int) -> None:
    """In the copy: be killed when this process's giver is (Linux: prctl(2), PR_SET_PDEATHSIG), elsewhere end when the result is done."""
    import ctypes  # noqa: PLC0415  only in copies

    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != giver:
        os._exit(1)


def _send(work: Callable[[], bytes], there: int) -> NoReturn:
    """In the copy: give the result, and end at once."""
    status = 1
    try:
        with os.fdopen(there, "wb") as pipe:
            pipe.write(work())
        status = 0
    finally:
        os._exit(status)


def chunks(pages: Sequence[Item], size: int = 0) -> Iterator[tuple[Item, ...]]:
    """The pages, `size` at a time, else `CHUNK`."""
    rest = iter(pages)
    while chunk := tuple(islice(rest, size or CHUNK)):
        yield chunk


def crew(jobs: int, address: str = "", watch: Watch | None = None) -> Crew:
    """Workers as the command line asks for: 0 jobs means one for each core that this process may use."""
    return Crew(jobs or len(os.sched_getaffinity(0)), address, watch=watch)
