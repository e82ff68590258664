"""``check`` as a run: a project, two directories, one pair or a mixed document, to one result that passes or fails.

what to check -> outcomes (cache, workers) -> files that are missing -> what is known (dismissals, baseline) -> the verdict
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from transcmp.cache import Cache
from transcmp.config import FailOn, Project, Settings, line_of_key
from transcmp.errors import ConfigError, ReadError, TranscmpWarning, UsageError
from transcmp.files import from_here, project_path
from transcmp.model import Checked, CheckRun, DocumentName, Finding, Language, Unreadable
from transcmp.pipeline import pool
from transcmp.pipeline.jobs import FILE_RULES, Job, Outcome, Work, level
from transcmp.pipeline.known import Known, Pair
from transcmp.pipeline.options import Options
from transcmp.pipeline.walk import walk
from transcmp.visible import visible_line

Progress = Callable[[str, int, int], None]

_NAMED = 5  # files without a counterpart that are named; the others are counted


class Todo(Struct, frozen=True, kw_only=True):
    """What a run has to check."""

    jobs: tuple[Job, ...]
    absent: tuple[Absent, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    whole: bool = False
    """Whether it is the whole project, so that records about other files are about none."""


class Absent(Struct, frozen=True, kw_only=True):
    """A source without translation, or a translation without source."""

    rule: str
    source: str
    """Path, as reports name it; of an orphan the path that its source should have."""
    target: str
    """The same of the target."""
    source_language: Language
    target_language: Language


class Done(Struct, frozen=True, kw_only=True):
    """What came of the jobs of a run, before anything that is known is taken away."""

    pairs: tuple[Pair, ...]
    unreadable: tuple[Unreadable, ...]
    whole: bool
    """As in :class:`Todo`."""


def check(
    source: str | None,
    target: str | None = None,
    *,
    project: Project | None = None,
    options: Options | None = None,
    fail_on: FailOn | None = None,
    since: str | None = None,
    update_baseline: bool = False,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> CheckRun:
    """Check ``source`` against ``target``, ``source`` alone as a mixed document, or, without both, the project.

    ``project`` None: no settings and no records. ``options`` and ``fail_on`` are those of the command line; what they leave open comes from
    the project's settings. ``since`` is a revision of git: only pairs that differ from it. A ``cache`` is used for more than one pair.
    Files that cannot be read are named in the run; if there is but one pair ReadError is raised. Raises ConfigError, UsageError and
    WriteError.
    """
    project = project or Project(root=Path.cwd(), file=None, settings=Settings())
    if fail_on is not None:
        project = replace(project, settings=replace(project.settings, fail_on=fail_on))
    done = outcomes_of(source, target, project, options=options, since=since, cache=cache, workers=workers, progress=progress)
    known = Known(project, whole=done.whole, unreadable=[item.path for item in done.unreadable])
    checked = known.apply(done.pairs, update=update_baseline)
    return finish(checked, project, done, known.sentences())


def outcomes_of(
    source: str | None,
    target: str | None,
    project: Project,
    *,
    options: Options | None = None,
    since: str | None = None,
    cache: Cache | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Done:
    """Everything that is found, known or not. Parameters and errors as in :func:`check`."""
    _refuse_bad_settings(project)
    todo = _since(what_to_check(source, target, project), since, project)
    work = Work(options=options_for(project, options or Options()), settings=project.settings, root=str(project.root))
    todo = _with_past(todo, project)
    outcomes = pool.run_all(todo.jobs, work, cache=cache if len(todo.jobs) > 1 else None, workers=workers, progress=progress)
    for notice in dict.fromkeys(notice for outcome in outcomes for notice in outcome.notices):
        warnings.warn(notice, TranscmpWarning, stacklevel=2)
    unreadable = _once((*todo.unreadable, *(outcome.failed for outcome in outcomes if outcome.failed is not None)))
    if len(todo.jobs) == 1 and unreadable:
        raise ReadError(message=unreadable[0].message, path=unreadable[0].path)
    pairs = [(outcome, _names(outcome)) for outcome in _with_unused(todo.jobs, outcomes) if outcome.checked is not None]
    pairs += [(_absent(item, project), (item.source, item.target)) for item in todo.absent if _is_wanted(item, project, work)]
    return Done(pairs=tuple(pairs), unreadable=unreadable, whole=todo.whole)


def what_to_check(source: str | None, target: str | None, project: Project) -> Todo:
    """The jobs of a run."""
    if source is not None:
        return Todo(jobs=tuple(Job(source=first, target=second) for first, second in _pairs(source, target)))
    if not project.settings.pairs:
        hint = "name a source and its translation, one mixed document, or run 'transcmp init' to set a project up"
        raise UsageError(message="nothing to check: there are no [[pairs]] in the settings", hint=hint)
    from transcmp.pipeline import tree

    found = tree.find(project)

    def shown(name: str) -> str:
        return from_here(project.root / name) if name else name

    absent = [("missing-file", pair) for pair in found.missing] + [("orphan-file", pair) for pair in found.orphans]
    return Todo(
        jobs=tuple(
            Job(
                source=shown(pair.source),
                target=shown(pair.target),
                source_language=pair.source_language,
                target_language=pair.target_language,
            )
            for pair in found.pairs
        ),
        absent=tuple(
            Absent(
                rule=rule,
                source=shown(pair.source),
                target=shown(pair.target),
                source_language=pair.source_language,
                target_language=pair.target_language,
            )
            for rule, pair in absent
        ),
        unreadable=tuple(replace(item, path=shown(item.path)) for item in found.unreadable),
        whole=True,
    )


def _since(todo: Todo, revision: str | None, project: Project) -> Todo:
    """Only what differs from a revision."""
    if revision is None:
        return todo
    from transcmp.pipeline import past

    repository = past.repository_of(project.root)
    if repository is None:
        raise UsageError(message="--since needs a git work tree", path=str(project.root))
    changed = repository.changed_since(revision)

    def touched(item: Job | Absent) -> bool:
        return any(path is not None and repository.name_of(path) in changed for path in (item.source, item.target))

    jobs = tuple(job for job in todo.jobs if touched(job))
    return replace(todo, jobs=jobs, absent=tuple(item for item in todo.absent if touched(item)), whole=False)


def _with_past(todo: Todo, project: Project) -> Todo:
    """The jobs with both files' history, where git knows it."""
    from transcmp.pipeline import past

    paired = [number for number, job in enumerate(todo.jobs) if job.target is not None]
    if not paired or not past.is_wanted(project.settings):
        return todo
    jobs = list(todo.jobs)
    for repository, places in past.by_work_tree(str(jobs[number].target) for number in paired):
        numbers = [paired[place] for place in places]
        try:
            if repository.empty:
                continue
            pasts = past.pasts(repository, [(jobs[number].source, str(jobs[number].target)) for number in numbers])
            shallow = repository.shallow
        except UsageError as error:
            warnings.warn(f"nothing can be found stale: {error.message}", TranscmpWarning, stacklevel=2)
            continue
        if shallow:
            text = "the clone is shallow: what is older than it cannot be found stale (in CI: fetch-depth: 0)"
            warnings.warn(text, TranscmpWarning, stacklevel=2)
        for number, known in zip(numbers, pasts, strict=True):
            if known:
                jobs[number] = replace(jobs[number], past=known, repository=str(repository.root))
    return replace(todo, jobs=tuple(jobs))


def options_for(project: Project, given: Options) -> Options:
    """The options of the command line, and where those say nothing, the settings."""
    settings, default = project.settings, Options()
    chosen = {
        "encoder": settings.encoder,
        "detector": settings.detector,
        "unit": settings.unit,
        "max_size": settings.max_size,
        "encoding": settings.encoding or None,
        "srx": str(project.root / settings.srx) if settings.srx else None,
        "folder": str(project.folder) if project.folder.is_dir() else None,
    }
    return replace(given, **{name: value for name, value in chosen.items() if getattr(given, name) == getattr(default, name)})


def finish(pairs: Iterable[Checked], project: Project, done: Done, reasons: tuple[str, ...]) -> CheckRun:
    """The run of all pairs, with its verdict."""
    settings = project.settings
    signature = "; ".join(dict.fromkeys(outcome.signature for outcome, _ in done.pairs if outcome.signature))
    run = CheckRun(
        signature=signature,
        pairs=tuple(pairs),
        passed=True,
        reasons=reasons,
        fail_on=settings.fail_on,
        rules=_rules(),
        unreadable=done.unreadable,
    )
    failing = sum(run.fails(finding) for pair in run.pairs for finding in pair.findings)
    allowed = settings.max_new or 0
    if failing and settings.max_new is not None:
        verb = "more than" if failing > allowed else "within"
        reasons = (*reasons, f"{failing} new {'finding' if failing == 1 else 'findings'}, {verb} the {allowed} that --max-new allows")
    return replace(run, passed=failing <= allowed, reasons=reasons)


def _refuse_bad_settings(project: Project) -> None:
    """What can be told only by who knows the rules and the files: unknown rules and options, glossaries that are not there."""
    from transcmp.checks import rules

    settings = project.settings
    for key, table in (("rules", settings.rules), *((f"languages.{tag}.rules", own.rules) for tag, own in settings.languages.items())):
        for name, value in table.items():
            _need(name, [*rules, *FILE_RULES], f"{key}.{name}", "rule", project)
            known = ["severity", *(rules[name].options if name in rules else ())]
            for option in value if isinstance(value, dict) else ():
                _need(option, known, f"{key}.{name}.{option}", "option", project)
    for position, path in enumerate(settings.glossary):
        if not (project.root / path).is_file():
            raise ConfigError(message=f"glossary[{position}]: there is no file {path!r}", path=str(project.file))


def _need(name: str, known: list[str], key: str, what: str, project: Project) -> None:
    if name in known:
        return
    near = get_close_matches(name, known, 1)
    hint = (
        f"did you mean {near[0]!r}?" if near else "'transcmp explain' lists the rules" if what == "rule" else f"valid: {', '.join(known)}"
    )
    line = line_of_key(project, key)
    raise ConfigError(message=f"{key}: there is no {what} {name!r}", path=str(project.file), line=line, hint=hint)


def _rules() -> tuple[tuple[str, str], ...]:
    from transcmp.checks import RULES

    return (*((rule.id, rule.summary) for rule in RULES), *((name, summary) for name, (_, summary) in FILE_RULES.items()))


def _with_unused(jobs: Sequence[Job], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Add what comments silenced nothing; one of a source only if every translation was read and none needed it, and then once."""
    needed: dict[str, set[Finding]] = {job.source: set() for job, outcome in zip(jobs, outcomes, strict=True) if outcome.checked is None}
    for outcome in outcomes:
        if outcome.checked is not None:
            path = outcome.checked.source.path
            needed[path] = needed.get(path, set(outcome.unused_source)) & set(outcome.unused_source)
    added = []
    for outcome in outcomes:
        extra = list(outcome.unused_target)
        if outcome.checked is not None:
            extra = [*sorted(needed.pop(outcome.checked.source.path, set()), key=lambda item: item.message), *extra]
        added.append(_plus(outcome, extra))
    return added


def _plus(outcome: Outcome, extra: list[Finding]) -> Outcome:
    if outcome.checked is None or not extra:
        return outcome
    named: list[Finding] = []
    seen: dict[str, int] = {}
    for finding in extra:
        place = finding.source or finding.target
        base = blake2b(f"{finding.rule}\0{place.text if place else ''}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        count = seen[base] = seen.get(base, -1) + 1
        named.append(replace(finding, fingerprint=f"{base}-{count}" if count else base))
    return replace(
        outcome,
        checked=replace(outcome.checked, findings=(*outcome.checked.findings, *named)),
        sketches=(*outcome.sketches, *("" for _ in named)),
    )


def _is_wanted(item: Absent, project: Project, work: Work) -> bool:
    """Whether a missing or orphan file is to be told: by the settings, and by the front matter of the file that is there."""
    if level(item.rule, project.settings, item.target_language) is None:
        return False
    path = item.source if item.rule == "missing-file" else item.target
    try:
        if b"transcmp" not in Path(path).read_bytes():
            return True
        from transcmp import pipeline
        from transcmp.decisions.inline import ignores

        return not any(ignore.covers(item.rule, None) for ignore in ignores(pipeline.read(path, options=work.options)))
    except (OSError, ReadError):
        return True


def _absent(item: Absent, project: Project) -> Outcome:
    missing = item.rule == "missing-file"
    path = item.target if missing else item.source
    name = visible_line(path)
    message = f"the translation ({item.target_language}) {name} is missing" if missing else f"the source {name} is missing"
    finding = Finding(
        rule=item.rule,
        severity=level(item.rule, project.settings, item.target_language) or "note",
        message=message,
        source=None,
        target=None,
        fingerprint=blake2b(f"{item.rule}\0{project_path(path, project.root)}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(),
    )
    source = DocumentName(path=item.source if missing else item.target, language=item.source_language if missing else item.target_language)
    return Outcome(checked=Checked(source=source, target=None, score=None, coverage=None, findings=(finding,)), sketches=("",))


def _names(outcome: Outcome) -> tuple[str, str]:
    """Paths of a pair, for its records."""
    checked = outcome.checked
    assert checked is not None
    return checked.source.path, checked.source.path if checked.target is None else checked.target.path


def _once(items: Iterable[Unreadable]) -> tuple[Unreadable, ...]:
    """A source that cannot be read is told once, not for every translation."""
    return tuple(sorted(dict.fromkeys(items), key=lambda item: (item.path, item.message)))


def _pairs(source: str, target: str | None) -> list[tuple[str, str | None]]:
    first = Path(source)
    if not first.is_dir():
        if target is not None and Path(target).is_dir():
            target = str(Path(target, first.name))
        return [(source, target)]
    names = list(walk(first))
    if target is None:
        _say_if_paired(names, source)
        return [(str(first / name), None) for name in names]
    second = Path(target)
    if not second.is_dir():
        raise UsageError(message="a directory can only be compared with a directory", path=target)
    others = set(walk(second))
    both = [name for name in names if name in others]
    if not both:
        raise ReadError(message=f"no file has the same relative path as in {source}", path=target)
    _say_if_alone(source, sorted(set(names) - others), target)
    _say_if_alone(target, sorted(others.difference(names)), source)
    return [(str(first / name), str(second / name)) for name in both]


def _say_if_paired(names: list[str], folder: str) -> None:
    from transcmp.pipeline.setup import first_pair

    if (pair := first_pair(names)) is not None:
        text = f"{pair[0]} and {pair[1]} look like translations of each other; each file of {folder} is checked by itself"
        warnings.warn(f"{text} ('transcmp init' sets pairs up; or name both files)", TranscmpWarning, stacklevel=2)


def _say_if_alone(folder: str, names: list[str], other: str) -> None:
    if names:
        some = ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else "")
        text = f"{folder} has files that {other} has not; they are not checked: {some}"
        warnings.warn(text, TranscmpWarning, stacklevel=2)
