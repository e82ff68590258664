"""Every key of every screen is pressed here; the last test sees to it that none is forgotten."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.tui import made
from tests.tui.conftest import Driver, Start
from transcmp.model import Comparison, Uncovered
from transcmp.tui import keys
from transcmp.tui.repair import ids
from transcmp.tui.screens.ask import Choose, Help
from transcmp.tui.screens.document import DocumentScreen
from transcmp.tui.screens.findings import FindingsScreen

PRESSED: dict[str, set[str]] = {name: set() for name, _ in keys.SCREENS}


def covers(screen: str, *names: str):  # type: ignore[no-untyped-def]
    """Says which keys a test presses."""
    PRESSED[screen].update(names)
    return lambda test: test


@covers("Beads", "j", "down", "k", "up", "home", "end", "G")
async def test_steps_and_ends(start: Start) -> None:
    async with start() as program:
        for key, row in [("j", 1), ("down", 2), ("k", 1), ("up", 0), ("k", 0), ("end", 6), ("j", 6), ("home", 0), ("G", 6)]:
            await program.press(key)
            assert program.row == row, key
        assert "bead 7 of 7" in program.bar("detail")


@covers("Beads", "pagedown", "space", "ctrl+f", "pageup", "ctrl+b")
async def test_pages(start: Start) -> None:
    async with start([made.large(300)]) as program:
        await program.press("pagedown")
        first = program.row
        assert 8 < first < 40
        await program.press("space", "ctrl+f")
        assert program.row > 2 * first
        await program.press("pageup", "ctrl+b")
        assert abs(program.row - first) <= 2
        await program.press(*["pageup"] * 3)
        assert program.row == 0
        await program.press("end", "pagedown")
        assert program.row == 299
        assert " 300 " in program.text()


@covers("Beads", "n", "N", "right_square_bracket", "left_square_bracket")
async def test_findings_and_low_scores_round_the_end(start: Start) -> None:
    async with start() as program:
        rows = []
        for key in ["n", "n", "n", "n", "n", "N", "N"]:
            await program.press(key)
            rows.append(program.row)
        assert rows == [1, 3, 4, 5, 1, 5, 4]
        assert "untranslated" in program.bar("detail")
        await program.press("home", "right_square_bracket")
        assert program.row == 4
        await program.press("end", "left_square_bracket")
        assert program.row == 4


@covers("Beads", "g", "tab")
async def test_lines_of_both_sides(start: Start) -> None:
    async with start() as program:
        await program.press("g")
        await program.type("4")
        assert program.row == 5
        await program.press("tab", "g")
        await program.type("4")
        assert program.row == 2
        await program.press("g")
        await program.type("four")
        assert "whole number" in program.notices()
        await program.press("escape")
        assert program.row == 2


@covers("Beads", "slash", "semicolon", "comma", "escape")
async def test_search(start: Start) -> None:
    async with start() as program:
        await program.press("slash")
        await program.type("mercato")
        assert program.row == 0
        rows = []
        for key in ["semicolon", "semicolon", "semicolon", "comma"]:
            await program.press(key)
            rows.append(program.row)
        assert rows == [1, 4, 0, 4]
        await program.press("slash")
        await program.type("(")
        assert "not a regular expression" in program.notices()
        await program.press("escape", "escape", "semicolon")
        assert "Nothing is searched for" in program.notices()
        await program.press("slash")
        await program.type("absent")
        assert "Nothing matches" in program.notices()


@covers("Beads", "f")
async def test_filters(start: Start) -> None:
    async with start() as program:
        await program.press("f", "4")
        assert [program.screen.beads.rows[at] for at in range(2)] == [3, 4]
        assert program.row == 3
        assert "findings (error" in program.bar("title")
        await program.press("j", "n")
        assert program.row == 3
        await program.press("escape")
        assert len(program.screen.beads.rows) == 7
        assert program.row == 3
        await program.press("f", "9")
        await program.type("pomodori")
        assert list(program.screen.beads.rows) == [4]
        await program.press("f", "escape")
        assert list(program.screen.beads.rows) == [4]


@covers("Beads", "o")
async def test_uncovered_words_can_be_left_alone(start: Start) -> None:
    comparison = replace(made.small(), uncovered=(Uncovered(side="target", segment=3, start=4, end=7, score=0.9),))
    async with start([comparison]) as program:

        def underlined() -> list[str]:
            item = program.screen.sides_of(5)[1][0]
            return [item.text[run.start : run.end] for run in item.runs if run.role == "uncovered"]

        found = [underlined()]
        for _ in range(3):
            await program.press("o")
            found.append(underlined())
        assert found == [["new"], ["new"], [], ["new"]]


@covers("Beads", "w", "v", "l", "t")
async def test_looks(start: Start) -> None:
    async with start() as program:
        await program.press("w")
        assert "Quasi tutti vendono frutta e verdura della" in program.text()
        assert "lago." not in program.text()
        await program.press("w")
        assert "lago." in program.text()
        await program.press("v")
        assert "› The market of Varese" in program.text()
        await program.press("v")
        assert "› The market" not in program.text()
        await program.press("l")
        assert " it  Il mercato" in program.text()
        assert " en  The market" in program.text()
        before = program.app.theme
        await program.press("t")
        assert program.app.theme != before


@covers("Beads", "F", "D", "question_mark", "ctrl+p")
async def test_other_screens(start: Start) -> None:
    async with start() as program:
        await program.press("F")
        assert isinstance(program.app.screen, FindingsScreen)
        await program.press("escape", "D")
        assert isinstance(program.app.screen, DocumentScreen)
        await program.press("escape", "question_mark")
        assert isinstance(program.app.screen, Help)
        await program.press("j", "k", "escape", "ctrl+p")
        assert program.app.screen.id == "--command-palette"
        await program.press("escape")
        assert program.app.screen is program.screen


async def test_the_palette_knows_every_key(start: Start) -> None:
    async with start() as program:
        names = {command.title.lower() for command in program.app.get_system_commands(program.screen)}
        assert {key.help.lower() for key in keys.BEADS if key.action not in ("palette", "translation")} <= names
        await program.press("ctrl+p")
        await program.type("go to the end")
        assert program.row == 6


@covers("Beads", "1", "2", "3", "4", "5", "6", "7", "8", "9", "equals_sign")
async def test_several_translations(start: Start) -> None:
    other = made.small()
    target = made.side(
        made.document(["The fair of Varese", *[item.text for item in other.alignment.target.segments[1:]]], "fair.en.md", "en")
    )
    second = replace(other, alignment=replace(other.alignment, target=target))
    async with start([made.small(), second]) as program:
        assert "The market of Varese" in program.text()
        await program.press("j", "j", "2")
        assert "The fair of Varese" in program.text()
        assert "2 of 2" in program.bar("title")
        assert program.row == 2
        await program.press("equals_sign")
        assert "The market of Varese" in program.text()
        assert "The fair of Varese" in program.text()
        changed = [run for run in program.screen.sides_of(0)[1][0].runs if run.role == "changed"]
        assert [(run.start, run.end) for run in changed] == [(4, 8)]
        await program.press("equals_sign")
        assert "The market of Varese" not in program.text()
        for key in "3456789":
            await program.press(key)
        assert "There are 2 translations" in program.notices()
        await program.press("1")
        assert "The market of Varese" in program.text()


@covers("Beads", "a", "d", "c")
async def test_judging(start: Start, tmp_path: Path) -> None:
    async with start() as program:
        await program.press("n", "d")
        await program.press("enter")
        assert "give a reason" in program.notices()
        await program.type("prices differ")
        assert program.screen.beads.sheet.findings_at(1) == ()  # type: ignore[union-attr]
        assert "✓  2" in program.text()
        await program.press("n")
        assert program.row == 3
        await program.press("a")
        assert program.screen.beads.sheet.findings_at(3) == ()  # type: ignore[union-attr]
        assert program.app.session is not None
        assert program.app.session.is_locked(program.screen.beads.sheet.bead(3))  # type: ignore[union-attr]
        await program.press("c")
        await program.type("ask")
        assert "ask" in program.bar("detail")
        assert "✎" in program.text()
        written = (tmp_path / ".transcmp" / "decisions.jsonl").read_text(encoding="utf-8")
        assert "prices differ" in written
        assert "the translation is fine" in written
        assert '"comment":"ask","accepted":true' in written
        assert not program.app.session.unsaved
        await program.press("a")
        assert program.screen.beads.sheet.findings_at(3) != ()  # type: ignore[union-attr]
        assert "accepted" not in program.bar("detail")
        assert "the translation is fine" not in (tmp_path / ".transcmp" / "decisions.jsonl").read_text(encoding="utf-8")


@covers("Beads", "m", "s", "less_than_sign", "greater_than_sign", "u", "p", "L", "ctrl+z", "ctrl+y")
async def test_repairing(start: Start) -> None:
    async with start() as program:

        def kinds() -> list[str]:
            return [program.screen.beads.sheet.row(row).kind for row in range(len(program.screen.beads.sheet))]  # type: ignore[arg-type,union-attr]

        first = kinds()
        await program.press("m")
        assert kinds() == ["2-2", "2-1", "1-0", "1-1", "1-1", "0-1"]
        await program.press("s")
        assert kinds() == first
        await program.press("ctrl+z", "ctrl+z")
        assert kinds() == first
        assert not program.app.session.unsaved  # type: ignore[union-attr]
        await program.press("ctrl+y", "ctrl+y", "ctrl+z", "ctrl+z", "ctrl+z")
        assert "Nothing to undo" in program.notices()
        await program.press("j", "j", "tab", "greater_than_sign")
        assert kinds()[2:4] == ["1-1", "2-0"] or kinds()[2] == "1-1"
        await program.press("ctrl+z", "less_than_sign")
        assert kinds()[1:3] == ["2-1", "1-1"]
        await program.press("ctrl+z", "home", "u")
        assert kinds()[:2] == ["0-1", "1-0"]
        assert program.row == 1
        await program.press("p")
        assert "●" in program.text()
        await program.press("k", "L")
        assert kinds() == first
        assert ids(program.screen.beads.sheet.bead(0)) == ((0,), (0,))  # type: ignore[union-attr]
        assert "◆" in program.text()
        await program.press("L")
        assert "Mark another bead first" in program.notices()


@covers("Beads", "R", "ctrl+s")
async def test_saving_and_aligning_anew(start: Start, tmp_path: Path) -> None:
    async with start() as program:
        await program.press("m", "ctrl+s")
        assert not program.app.session.unsaved  # type: ignore[union-attr]
        assert "Saved" in program.notices()
        await program.press("R")
        assert "Aligned anew around 1 bead that you set" in program.notices()
        await program.press("ctrl+s")
    assert [path.name for path in (tmp_path / ".transcmp" / "alignments").iterdir()] == ["market.en.md.json"]


@covers("Beads", "q")
async def test_quitting_asks_for_repairs_that_are_not_saved(start: Start, tmp_path: Path) -> None:
    async with start() as program:
        await program.press("q")
        assert program.app.return_value == 0
    async with start() as program:
        await program.press("m", "q")
        assert isinstance(program.app.screen, Choose)
        await program.press("3")
        assert program.app.return_value is None
        await program.press("q", "1")
        assert program.app.return_value == 0
    assert (tmp_path / ".transcmp" / "alignments" / "market.en.md.json").is_file()
    async with start() as program:
        await program.press("s", "j", "m", "q", "2")
        assert program.app.return_value == 0


@covers("Beads", "e", "r")
async def test_the_editor_gets_both_files_and_they_are_read_again(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    async with start() as program:
        called: list[list[tuple[str, int]]] = []
        monkeypatch.setattr(program.app, "edit", lambda places: called.append([(Path(place.path).name, place.line) for place in places]))
        await program.press("end", "k", "e")
        assert called == [[("market.en.md", 4), ("mercato.it.md", 7)]]
        assert program.row == 5
        await program.press("home", "m", "r")
        assert "Save or undo your repairs first" in program.notices()


@covers("Beads", "y", "x")
async def test_copies_and_exports(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    async with start() as program:
        await program.press("y")
        assert program.app.clipboard == "The market of Varese"
        await program.press("tab", "y")
        assert program.app.clipboard == "Il mercato di Varese"
        assert "File:" not in await exported(program, tmp_path, "svg", "Varese")
        messages = [finding.message for finding in program.screen.beads.sheet.comparison.findings]  # type: ignore[union-attr]
        page = await exported(program, tmp_path, "html", "Il mercato di Varese")
        assert all(message in unescape(page) for message in messages)
        await program.press("home", "n", "a")
        gone = [message for message in messages if message not in unescape(await exported(program, tmp_path, "html", "Varese"))]
        assert len(gone) == 1
        await program.press("x", "2", *["backspace"] * 20)
        await program.type("/dev/null/x.tsv")
        assert "cannot write" in program.notices()
        await program.press("escape")
        await exported(program, tmp_path, "json", "transcmp/align/1")
        whole = await exported(program, tmp_path, "tmx", "The market of Varese")
        assert whole.count("<tu>") == 5
        await program.press("f", "4")  # beads with errors
        shown = await exported(program, tmp_path, "tsv", "pescivendolo")
        assert len(shown.splitlines()) == len(program.screen.beads.rows) == 2


async def exported(program: Driver, folder: Path, name: str, wanted: str) -> str:
    """Export as ``name``; the file, which must hold ``wanted``."""
    from transcmp.tui.export import FORMATS

    await program.press("x", str(FORMATS.index(name.upper()) + 1), "enter")
    found = folder.glob(f"market.en*.{name}")
    text = max(found, key=lambda path: path.stat().st_mtime_ns).read_text(encoding="utf-8")
    assert wanted in text
    return text


async def test_an_export_replaces_no_file(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is compared from its own folder has the name that its export would have."""
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "market.en.html"
    document.write_text("the translation", encoding="utf-8")
    async with start() as program:
        await exported(program, tmp_path, "html", "Il mercato di Varese")
        assert (tmp_path / "market.en-2.html").is_file()
        await program.press("x", "1", *["backspace"] * 30)
        await program.type("market.en.html")
        assert "market.en.html: is there already" in program.notices()
    assert document.read_text(encoding="utf-8") == "the translation"


async def open_findings(program) -> FindingsScreen:  # type: ignore[no-untyped-def]
    await program.press("F")
    assert isinstance(program.app.screen, FindingsScreen)
    return program.app.screen


@covers("Findings", "j", "down", "k", "up", "home", "end", "G", "pagedown", "space", "ctrl+f", "pageup", "ctrl+b", "enter", "escape")
async def test_list_of_findings_moves_and_opens(start: Start) -> None:
    async with start() as program:
        screen = await open_findings(program)
        places = []
        for key in ["j", "down", "k", "up", "end", "home", "G", "pageup", "pagedown", "ctrl+b", "space", "ctrl+b", "ctrl+f"]:
            await program.press(key)
            places.append(screen.table.cursor)
        assert places == [1, 2, 1, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3]
        await program.press("k", "enter")
        assert program.app.screen is program.screen
        assert program.row == 4
        await open_findings(program)
        await program.press("escape")
        assert program.row == 4


@covers("Findings", "slash", "f", "r", "l", "o", "h", "d")
async def test_list_of_findings_filters_orders_and_judges(start: Start) -> None:
    async with start() as program:
        screen = await open_findings(program)

        def rules() -> list[str]:
            return [item.rule for item in screen.table.items]

        assert rules() == ["number", "omitted", "untranslated", "moved"]
        await program.press("o")
        assert rules() == ["moved", "number", "omitted", "untranslated"]
        await program.press("o", "f")
        assert rules() == ["omitted", "untranslated"]
        await program.press("f")
        assert rules() == ["number", "omitted", "untranslated"]
        await program.press("f", "slash")
        await program.type("pomodori")
        assert rules() == ["untranslated"]
        await program.press("escape", "r", "3")
        assert rules() == ["number"]
        await program.press("escape", "l", "3")
        assert rules() == ["omitted", "untranslated", "moved"]
        assert "· it ·" in f"· {program.bar('title').split('  ')[-1]}"
        await program.press("escape", "l", "2")
        assert rules() == ["number"]
        await program.press("escape", "home", "d")
        await program.type("fine")
        assert rules() == ["omitted", "untranslated", "moved"]
        await program.press("h")
        assert rules() == ["number", "omitted", "untranslated", "moved"]
        await program.press("home", "d")
        assert program.app.session is not None
        assert program.app.session.sheet is not None
        assert program.app.session.sheet.hidden == frozenset()


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (30, 8)])
@covers("Beads", "full_stop")
@covers("Findings", "full_stop")
@covers("Document", "full_stop")
@covers("Files", "full_stop")
async def test_every_key_comes_into_the_footer(start: Start, size: tuple[int, int]) -> None:
    async with start(size=size) as program:
        for opening, table in (("home", keys.BEADS), ("F", keys.FINDINGS), ("D", keys.DOCUMENT)):
            await program.press(opening)
            wanted = {f" {name} {word}" for name, word in keys.footer(table)}
            seen: set[str] = set()
            for _ in range(40):
                shown = program.bar("keys")
                assert shown.endswith("q quit" if size[0] > 60 else ". more")
                seen |= {item for item in wanted if item in f" {shown} "}
                await program.press("full_stop")
            assert seen == wanted
            await program.press("escape")


async def test_a_click_turns_the_footer(start: Start) -> None:
    async with start(size=(80, 24)) as program:
        before = program.bar("keys")
        await program.pilot.click("#keys", offset=(5, 0))
        await program.pilot.pause()
        assert program.bar("keys") != before


async def test_any_two_of_several_translations_are_compared(start: Start) -> None:
    def named(word: str, path: str) -> Comparison:
        one = made.small()
        texts = [f"The {word} of Varese", *[item.text for item in one.alignment.target.segments[1:]]]
        return replace(one, alignment=replace(one.alignment, target=made.side(made.document(texts, path, "en"))))

    words = ("market", "fair", "bazaar")
    async with start([named(word, f"{word}.en.md") for word in words], size=(160, 40)) as program:

        def changed() -> list[list[str]]:
            sides = program.screen.sides_of(0)[1:]
            return [[side[0].text[run.start : run.end] for run in side[0].runs if run.role == "changed"] for side in sides]

        assert changed() == [[]]
        await program.press("equals_sign")
        assert changed() == [["market"], ["fair"]]
        assert "1 beside 2 of 3" in program.bar("title")
        await program.press("equals_sign")
        assert changed() == [["market"], ["bazaar"]]
        await program.press("2")
        assert changed() == [["fair"], ["bazaar"]]
        await program.press("3")  # the one that stood beside it
        assert changed() == [["bazaar"], ["fair"]]
        await program.press("1", "equals_sign", "equals_sign")
        assert changed() == [[], ["fair"], ["bazaar"]]
        first = program.text().splitlines()[0]
        assert first.count("of Varese") == 3
        await program.press("v")
        stacked = program.text()
        assert [stacked.count(f"{mark} The {word}") for mark, word in zip("›»»", words, strict=True)] == [1, 1, 1]
        await program.press("v", "equals_sign")
        assert changed() == [[]]


@covers("Findings", "t", "question_mark", "ctrl+p", "q")
@covers("Document", "t", "question_mark", "ctrl+p", "q", "j", "down", "k", "up", "pagedown", "space", "pageup", "escape", "D")
async def test_figures_and_what_all_screens_know(start: Start) -> None:
    async with start(size=(80, 24)) as program:
        await program.press("D")
        screen = program.app.screen
        assert isinstance(screen, DocumentScreen)
        panel = screen.query_one("#figures")
        tops = []
        for key in ["j", "down", "k", "up", "pagedown", "pageup", "space"]:
            await program.press(key)
            tops.append(panel.scroll_y)
        assert tops[:4] == [1, 2, 1, 0]
        assert tops[4] > 10
        assert tops[5] == 0
        for key in ["t", "question_mark", "escape", "ctrl+p", "escape", "D"]:
            await program.press(key)
        assert program.app.screen is program.screen
        await program.press("F", "t", "question_mark", "escape", "ctrl+p", "escape", "q")
        assert program.app.return_value == 0
    async with start() as program:
        await program.press("D", "q")
        assert program.app.return_value == 0


def test_no_key_is_twice_on_a_screen() -> None:
    for name, table in keys.SCREENS:
        pressed = [key for entry in table for key in entry.keys.split(",")]
        assert len(pressed) == len(set(pressed)), name


def test_every_key_is_pressed_by_a_test() -> None:
    import tests.tui.test_files  # noqa: F401 - its keys are counted when it is loaded

    for name, table in keys.SCREENS:
        assert {key for entry in table for key in entry.keys.split(",")} == PRESSED[name], name


def test_the_documented_table_is_that_of_the_program() -> None:
    page = (Path(__file__).parents[2] / "docs" / "tui.md").read_text(encoding="utf-8")
    assert keys.markdown() in page, "run: python docs/generate.py"


def made_pair() -> Comparison:
    return made.small()
