"""Write the pages of the documentation that follow from the code: ``python docs/generate.py``.

``tests/test_docs.py`` fails where a page is not what this writes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def pages() -> Iterator[tuple[Path, str]]:
    """Every generated page: its path and its text."""
    from transcmp.report.schemas import SCHEMAS, schema

    for verb in SCHEMAS:
        yield HERE / "schemas" / f"{verb}.json", json.dumps(schema(verb), indent=2, ensure_ascii=False) + "\n"
    yield HERE / "json.md", _json_page({verb: schema(verb) for verb in SCHEMAS})
    from transcmp.config.schema import json_schema

    yield HERE / "schemas" / "settings.json", json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    yield HERE / "configuration.md", _settings_page((HERE / "configuration.md").read_text(encoding="utf-8"), json_schema())
    yield HERE / "tui.md", _with_keys((HERE / "tui.md").read_text(encoding="utf-8"))


def _with_keys(page: str) -> str:
    """The page of the terminal UI with the tables of its keys, between two marks."""
    from transcmp.tui import keys

    begin, end = "<!-- keys, written by docs/generate.py -->\n", "<!-- end of keys -->"
    before, _, rest = page.partition(begin)
    return f"{before}{begin}\n{keys.markdown()}\n{end}{rest.partition(end)[2]}"


def _settings_page(page: str, schema: dict[str, Any]) -> str:
    """The page with its last section, the keys, written anew."""
    head, mark, _ = page.partition("## Keys\n")
    titles = {"Settings": "At the top", "Pair": "`[[pairs]]`", "Thresholds": "`[languages.TAG]`", "Ignore": "`[ignore]`"}
    lines = [head + mark, "<!-- Written by docs/generate.py from transcmp/config/settings.py. -->", ""]
    for name, title in titles.items():
        lines += [f"### {title}", "", "| key | value | default | |", "| --- | --- | --- | --- |"]
        for key, value in schema["$defs"][name]["properties"].items():
            default = value.get("default")
            shown = "" if not default or isinstance(default, dict) else f"`{json.dumps(default)}`"
            text = value["description"].replace("|", "\\|")
            lines.append(f"| `{key}` | {_type(value)} | {shown} | {text} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _json_page(schemas: dict[str, dict[str, Any]]) -> str:
    lines = [
        "# JSON output",
        "",
        "<!-- Written by docs/generate.py from the types in transcmp/report. -->",
        "",
        "The keys are a promise: within one number at the end of `schema` none is taken away or changes its meaning; new ones may be",
        "added. Lines and columns are 1-based, columns count code points; `end_column` is the column behind the last character. Ids are",
        "positions, from 0. Scores are rounded to four places.",
        "",
    ]
    for verb, schema in schemas.items():
        command = "check --format jsonl" if verb == "finding" else f"{verb} --format json"
        lines += [f"## `transcmp {command}`", "", f"JSON Schema: [schemas/{verb}.json](schemas/{verb}.json)", ""]
        top = schema["$ref"].rpartition("/")[2]
        for name in [top, *sorted(set(schema["$defs"]) - {top})]:
            lines += _table(name, schema["$defs"][name])
    return "\n".join(lines).rstrip() + "\n"


def _table(name: str, definition: dict[str, Any]) -> Iterator[str]:
    yield f"**{name}**: {' '.join(definition.get('description', '').split())}"
    yield ""
    yield "| key | value |"
    yield "| --- | --- |"
    for key, value in definition["properties"].items():
        yield f"| `{key}` | {_type(value)} |"
    yield ""


def _type(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return value["$ref"].rpartition("/")[2]
    if "anyOf" in value:
        return " or ".join(_type(one) for one in value["anyOf"])
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"])
    if "default" in value and isinstance(value["default"], str) and value["default"].startswith("transcmp/"):
        return f"`{value['default']}`"
    kind = value.get("type", "any")
    if kind == "array":
        return f"array of {_type(value['items'])}" if value.get("items") else "array"
    if kind == "object" and isinstance(value.get("additionalProperties"), dict):
        return f"object of {_type(value['additionalProperties'])}"
    limits = [f"{sign} {value[key]}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in value]
    return kind + (f" ({', '.join(limits)})" if limits else "")


def main() -> int:
    """Write all pages."""
    for path, text in pages():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        print(path.relative_to(HERE.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main())
