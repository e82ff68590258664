"""Every rule explains itself."""

from __future__ import annotations

import re

import pytest

from transcmp import pipeline
from transcmp.checks import RULES
from transcmp.errors import UsageError
from transcmp.pipeline.jobs import FILE_RULES


@pytest.mark.parametrize("rule", [*(rule.id for rule in RULES), *FILE_RULES])
def test_every_rule_has_a_page(rule):
    page = pipeline.explain(rule)
    assert page.startswith(f"# {rule}\n")
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == ["What it finds", "Example", "Why it may be wrong", "How to silence it"]


def test_the_table_lists_them_all():
    assert [line.split()[0] for line in pipeline.rule_table().splitlines()] == [*(rule.id for rule in RULES), *FILE_RULES]


def test_an_unknown_rule_has_a_neighbour():
    with pytest.raises(UsageError, match=r"no rule 'missing-fil' \(did you mean 'missing-file'\?\)"):
        pipeline.explain("missing-fil")
