"""Whether a report of ``check`` is what its format's published schema, its own schema or its reader asks for."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
from lxml import etree
from markdown_it import MarkdownIt

from transcmp.report.schemas import schema

SCHEMAS = Path(__file__).parent.parent / "schemas"


@cache
def json_schema(name: str) -> Any:
    """A published JSON schema, ready to validate."""
    return _validator(json.loads((SCHEMAS / name).read_text(encoding="utf-8")))


@cache
def own_schema(verb: str) -> Any:
    """A schema of this package, ready to validate."""
    return _validator(schema(verb))


@cache
def xml_schema(name: str) -> etree.XMLSchema:
    """A published XML schema."""
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name)))


def xml(text: str) -> Any:
    """The root of a document."""
    return etree.fromstring(text.encode("utf-8"))


def validate(name: str, text: str) -> None:
    """Fail where ``text`` is no report of the format ``name``."""
    if name == "sarif":
        json_schema("sarif-2.1.0-rtm.5.json").validate(json.loads(text))
    elif name == "gitlab":
        issues = json.loads(text)
        json_schema("codeclimate.json").validate(issues)
        for issue in issues:  # the schema forgets to ask this of the items
            assert set(json_schema("codeclimate.json").schema["required"]) <= set(issue)
    elif name == "junit":
        xml_schema("junit-10.xsd").assertValid(xml(text))
    elif name == "checkstyle":
        xml_schema("checkstyle-report-1.0.0.xsd").assertValid(xml(text))
    elif name == "json":
        own_schema("check").validate(json.loads(text))
    elif name == "jsonl":
        for line in text.splitlines():
            own_schema("finding").validate(json.loads(line))
    elif name == "github":
        assert all(re.match(r"::(error|warning|notice) file=[^:]+::", line) for line in commands(text))
    elif name == "markdown":
        page = MarkdownIt("gfm-like").render(text)
        assert page.startswith("<h2>")
        assert page.count("<table>") >= 1 or not re.search(r"^\|", text, re.MULTILINE)


def commands(text: str) -> list[str]:
    """What a runner takes for commands: ``::`` at the start of a line, or ``##[`` anywhere (actions/runner, ActionCommand)."""
    return [line for line in text.splitlines() if line.strip().startswith("::") or "##[" in line]


def _validator(loaded: Any) -> Any:
    return jsonschema.validators.validator_for(loaded)(loaded)
