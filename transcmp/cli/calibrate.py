"""``transcmp calibrate``."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from transcmp import diagnostics
from transcmp.cli.common import Input, Output, path_argument, spare


def calibrate(
    source: Annotated[str | None, path_argument("SOURCE")] = None,
    target: Annotated[str | None, path_argument("TARGET")] = None,
    /,
    *,
    rate: Annotated[float, Parameter(name="--rate")] = 0.05,
    format: Literal["toml", "json"] = "toml",
    input: Input = Input(),  # noqa: B008 - frozen
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """From pairs that you trust, thresholds for each language with the false alarms to expect of them.

    Parameters
    ----------
    source
        A directory with originals; without it, the pairs of transcmp.toml.
    target
        A directory with their trusted translations, paired by relative path.
    rate
        Share of sound documents that may fall below a threshold.
    format
        toml, to keep in transcmp.toml, or json.
    """
    from transcmp.config import load
    from transcmp.errors import UsageError
    from transcmp.pipeline import gate
    from transcmp.pipeline.calibrate import calibrate as thresholds
    from transcmp.report import calibration as formats

    if not 0 < rate < 1:
        raise UsageError(message=f"--rate is a number between 0 and 1, not {rate:g}")
    project = load()
    spare([output.output], (source, target, input.srx, *project.files))
    with diagnostics.Progress(output.quiet) as progress:
        run = gate.check(source, target, project=project, options=input.options(), fail_on="never", progress=progress)
    spare([output.output], run.files)
    languages = thresholds(run.pairs, rate)
    if not languages:
        raise UsageError(message="there is no pair to learn from", hint="name two directories, or set up [[pairs]]")
    for language in languages:
        if language.too_few:
            diagnostics.say(
                "note",
                f"{language.language}: too few trusted pairs for a rate of {rate:.1%}: {language.pairs}, and {language.needed} are needed; "
                "its figures are those of the lowest document",
            )
    found = formats.Calibrated(signature=run.signature, languages=languages)
    output.write(formats.json(found) if format == "json" else formats.toml(found))
    return diagnostics.EXIT_OK
