"""Settings files: what they mean, and what is said of faulty ones."""

from __future__ import annotations

import jsonschema
import pytest

from transcmp.config import Settings, load, read_settings
from transcmp.config.locate import line_of
from transcmp.config.schema import json_schema
from transcmp.errors import ConfigError

GOOD = """\
source_language = "en"
fail_on = "warning"
min_score = 0.5
encoder = "use"

[rules]
number = "warning"
name = { severity = "note", min_confidence = 0.8 }

[languages.de]
min_score = 0.6
rules = { number = "off" }

[languages.de-AT]
min_coverage = 0.9

[languages.de-CH]
rules = { number = "note" }

[[pairs]]
source = "docs/en/**/*.md"
target = "docs/{lang}/**/*.md"

[[pairs]]
layout = "hugo"
target_languages = ["it", "pt-BR"]

[ignore]
paths = ["docs/**/changelog.md"]
"""


def settings(text: str) -> Settings:
    found = read_settings(text, path="transcmp.toml")
    assert found is not None
    return found


def fault(text: str, path: str = "transcmp.toml") -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        read_settings(text, path=path)
    return caught.value


def test_general_settings_and_those_of_a_language():
    read = settings(GOOD)
    assert [(pair.source, pair.layout) for pair in read.pairs] == [("docs/en/**/*.md", ""), ("", "hugo")]
    assert read.rule("number").severity == "warning"
    assert read.rule("number", "de").severity == "off"
    assert read.rule("number", "de-AT").severity == "off"
    assert read.rule("number", "de-CH").severity == "note"
    assert read.rule("number", "it").severity == "warning"
    assert read.rule("name").options == (("min_confidence", 0.8),)
    assert read.rule("omitted").severity is None
    assert read.least("de_at") == (0.6, 0.9)
    assert read.least("it") == (0.5, None)


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ('source_langage = "en"\n', 1, "unknown key 'source_langage'", "did you mean 'source_language'?"),
        ('\n# x\nsource-language = "en"\n', 3, "unknown key 'source-language'", "did you mean 'source_language'?"),
        ('fail_on = "eror"\n', 1, "fail_on is one of 'error', 'warning', 'note', 'never', not 'eror'", "did you mean 'error'?"),
        ("min_score = 1.5\n", 1, "min_score: a number from 0 to 1 is expected, found 1.5", None),
        ('min_score = "high"\n', 1, "min_score: a number from 0 to 1 is expected, found 'high'", None),
        ("max_new = -1\n", 1, "max_new: a whole number of at least 0 is expected, found -1", None),
        ('encoder = ""\n', 1, "encoder: a string that is not empty is expected, found ''", None),
        ("glossary = 'a.tsv'\n", 1, "glossary: an array is expected, found 'a.tsv'", None),
        ("glossary = [\n  'a.tsv',\n  3,\n]\n", 1, "glossary[1]: a string is expected, found 3", None),
        ("ignore = 3\n", 1, "ignore must be a table, not a number", None),
        (
            'source_language = "en"\n[[pairs]]\nsource = "a/*"\ntarget = "b/{lang}/*"\n[[pairs]]\nsorce = "x"\n',
            6,
            "unknown key 'pairs[1].sorce'",
            "did you mean 'source'?",
        ),
        ('[rules]\n\n"number" = "of"\n', 3, "rules.number is one of 'error', 'warning', 'note', 'off', not 'of'", "did you mean 'off'?"),
        ('[rules.name]\nseverity = "nota"\n', 2, "rules.name.severity is one of", "did you mean 'note'?"),
        ('[languages]\nde = { min_scor = 0.5 }\n', 2, "unknown key 'languages.de.min_scor'", "did you mean 'min_score'?"),
        ('[languages."de!"]\nmin_score = 0.5\n', 1, "languages.de!: 'de!' is not a language tag", "write for example"),
        ('[[pairs]]\nsource = "a/*"\ntarget = "{lang}/*"\n', 1, "pairs[0] needs the language of its source files", "write source_language"),
        ('source_language = "en"\n[[pairs]]\nsource = "a/*"\ntarget = "../{lang}/*"\n', 4, "points outside the project", None),
        ('source_language = "en"\n[[pairs]]\nsource = "/a/*"\ntarget = "{lang}/*"\n', 3, "must be relative to the project's root", None),
        ('source_language = "en"\n[[pairs]]\nsource = "a/*"\ntarget = "b/*"\n', 4, "pairs[0].target has no {lang}", "put {lang} where"),
        ('source_language = "en"\n[[pairs]]\nsource = "a/*/*"\ntarget = "{lang}/*"\n', 4, "must have the same", None),
        ('source_language = "en"\n[[pairs]]\nsource = "a/{x}"\ntarget = "{lang}/*"\n', 3, "'{x}' in 'a/{x}' is neither", None),
        ('source_language = "en"\n[[pairs]]\nlayout = "docosaurus"\n', 3, "no layout 'docosaurus'", "did you mean 'docusaurus'?"),
        ('[ignore]\npatterns = ["a", "("]\n', 2, "'(' is not a regular expression", None),
        ("source_language = en\n", 1, "not TOML: Invalid value", None),
    ],
)  # fmt: skip
def test_a_fault_has_line_key_and_the_nearest_valid_key(text, line, message, hint):
    error = fault(text)
    assert error.path == "transcmp.toml"
    assert error.line == line
    assert message in error.message
    assert (error.hint is None) if hint is None else (hint in (error.hint or ""))


def test_all_faults_are_told_at_once():
    error = fault('encodr = "use"\n\n[rules]\nnumber = "of"\n\n[ignore]\npath = []\n')
    assert str(error).startswith("transcmp.toml:1: unknown key 'encodr'; line 4: rules.number is one of")
    assert "line 7: unknown key 'ignore.path'" in str(error)


def test_pyproject_is_read_where_it_has_the_table(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n[tool.transcmp]\nfail_on = "nte"\n', encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(tmp_path)
    assert (caught.value.line, caught.value.hint) == (4, "did you mean 'note'?")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert load(tmp_path).file is None


def test_the_nearest_file_upwards_wins_and_the_git_root_ends_the_search(tmp_path):
    (tmp_path / "transcmp.toml").write_text('encoder = "e5"\n', encoding="utf-8")
    inner = tmp_path / "repo" / "docs" / "en"
    inner.mkdir(parents=True)
    assert load(inner).settings.encoder == "e5"
    (tmp_path / "repo" / ".git").mkdir()
    project = load(inner)
    assert (project.file, project.root) == (None, tmp_path / "repo")
    (tmp_path / "repo" / "pyproject.toml").write_text('[tool.transcmp]\nencoder = "lexical"\n', encoding="utf-8")
    assert load(inner / "page.md").settings.encoder == "lexical"
    (tmp_path / "repo" / "transcmp.toml").write_text('encoder = "use"\n', encoding="utf-8")
    assert load(inner).settings.encoder == "use"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('encoder = "sentence-transformers:./model"', "encoder names a model or plugin"),
        ('encoder = "someplugin"', "encoder names a model or plugin"),
        ('detector = "someplugin"', "detector names a plugin"),
        ('glossary = ["terms.tsv", "../secret.tsv"]', "glossary[1] points outside the project"),
        ('srx = "/etc/rules.srx"', "srx points outside the project"),
        ('cache_dir = "link/cache"', "cache_dir points outside the project"),
    ],
)
def test_settings_of_strangers_are_not_obeyed_without_trust(tmp_path, text, message):
    root = tmp_path / "repo"
    root.mkdir()
    (root / "link").symlink_to(tmp_path, target_is_directory=True)
    (root / "transcmp.toml").write_text("# not ours\n" + text + "\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(root)
    assert message in caught.value.message
    assert caught.value.line == 2
    assert "--trust" in (caught.value.hint or "")
    load(root, trust=True)


@pytest.mark.parametrize(("content", "message"), [(b"\xff\xfe", "not UTF-8 (byte 0)"), (None, "cannot read")])
def test_a_settings_file_that_cannot_be_read(tmp_path, content, message):
    path = tmp_path / "transcmp.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"transcmp\.toml") as caught:
        load(file=path)
    assert message in caught.value.message


def test_the_schema_accepts_what_is_good_and_describes_every_key():
    import tomllib

    schema = json_schema()
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    validator.validate(tomllib.loads(GOOD))
    assert not validator.is_valid({"fail_on": "eror"})
    assert not validator.is_valid({"encodr": "use"})
    for definition in schema["$defs"].values():
        for key, value in definition["properties"].items():
            assert value.get("description"), key


TOML = '''\
title = "a # b [x]"  # c
text = """
[not.a.table]
key = 1
"""
a.b = 1
[one."two three"]
k = [
  "x", # ]
  "y",
]
inline = { p = 1, q = "}" }
[[list]]
k = 1
[[list]]
k = 2
[list.sub]
deep = \'\'\'
x\'\'\'
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("title",), 1), (("text",), 2), (("a", "b"), 6), (("one", "two three"), 7), (("one", "two three", "k"), 8),
        (("one", "two three", "k", 1), 10), (("one", "two three", "inline", "q"), 12), (("list", 0, "k"), 14), (("list", 1, "k"), 16),
        (("list", 1), 15), (("list", 1, "sub", "deep"), 18), (("list", 1, "other"), 15), (("nothing",), None), (("key",), None),
    ],
)  # fmt: skip
def test_keys_are_found_where_they_are_written(key, line):
    assert line_of(TOML, key) == line


def test_what_needs_no_trust_is_what_there_is():
    from transcmp.config.project import _SAFE_DETECTORS, _SAFE_ENCODERS
    from transcmp.embed import AUTO, LEXICAL, encoders
    from transcmp.language import detectors

    assert set(_SAFE_DETECTORS) == set(detectors)
    assert set(_SAFE_ENCODERS) == {AUTO, LEXICAL, *encoders} - {"sentence-transformers"}
