"""``transcmp doctor``."""

from __future__ import annotations

from typing import Literal

from transcmp.cli.common import Output


def doctor(
    *,
    format: Literal["text", "json"] = "text",
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Show versions, encoders and detectors found, the languages they cover, what is missing and how to get it.

    Parameters
    ----------
    format
        text or json.
    """
    from transcmp.pipeline import inventory
    from transcmp.report import doctor as formats

    found = inventory.take()
    output.write(formats.json(found) if format == "json" else formats.text(found))
    return 0
