"""What a report of ``check`` says, read back from each format: rule, path and line of every finding."""

from __future__ import annotations

import json
import re
from typing import Any

from lxml import etree

Found = set[tuple[str, str, int]]


def from_json(text: str) -> Found:
    found = set()
    for pair in json.loads(text)["documents"]:
        for finding in pair["findings"]:
            target = None if finding["source"] and not finding["target"] else pair["target"]
            place = finding["target"] or finding["source"]
            found.add((finding["rule"], (target or pair["source"])["path"], place["line"] if place else 1))
    return found


def from_lines(text: str) -> Found:
    found = set()
    for line in map(json.loads, text.splitlines()):
        finding = line["finding"]
        place = finding["target"] or finding["source"]
        path = line["target_path"] if finding["target"] is not None else line["source_path"]
        found.add((finding["rule"], path, place["line"] if place else 1))
    return found


def from_sarif(text: str) -> Found:
    return {
        (result["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"])
        for result in json.loads(text)["runs"][0]["results"]
        for place in [result["locations"][0]["physicalLocation"]]
    }


def from_gitlab(text: str) -> Found:
    return {(item["check_name"], item["location"]["path"], item["location"]["lines"]["begin"]) for item in json.loads(text)}


def from_checkstyle(text: str) -> Found:
    root: Any = etree.fromstring(text.encode())
    return {(error.get("source").removeprefix("transcmp."), file.get("name"), int(error.get("line"))) for file in root for error in file}


def from_junit(text: str) -> Found:
    root: Any = etree.fromstring(text.encode())
    places = [failure.text.split(":", 2) for failure in root.iter("failure")]
    rules = [case.get("name").split()[0] for case in root.iter("testcase") if len(case)]
    return {(rule, path, int(line)) for rule, (path, line, _) in zip(rules, places, strict=True)}


def from_github(text: str) -> Found:
    lines = re.findall(r"^::\w+ file=([^,]*),line=(\d+).*title=transcmp%3A ([\w-]+)::", text, re.MULTILINE)
    return {(rule, path, int(line)) for path, line, rule in lines}


def from_markdown(text: str) -> Found:
    found, path = set(), ""
    for line in text.splitlines():
        if match := re.match(r"<details><summary><code>(.*?)</code>", line):
            path = match[1]
        elif match := re.match(r"\| (\d+) \| \w+ \| ([\w-]+) \|", line):
            found.add((match[2], path, int(match[1])))
    return found


def from_text(text: str) -> Found:
    found, path = set(), ""
    for line in text.splitlines():
        if match := re.match(r"(?:\S+ → )?(\S+\.md)  ", line):
            path = match[1]
        elif match := re.match(r" +(\d+:\d+|-) +(?:error|warning|note) +([\w-]+):", line):
            found.add((match[2], path, int(match[1].split(":")[0]) if match[1] != "-" else 1))
    return found


READERS = {
    "text": from_text, "json": from_json, "jsonl": from_lines, "sarif": from_sarif, "gitlab": from_gitlab, "checkstyle": from_checkstyle,
    "github": from_github, "markdown": from_markdown,
}  # fmt: skip
