"""Pairs are looked at once."""

from __future__ import annotations

from transcmp.embed.use import load
from transcmp.pipeline import memory as module
from transcmp.pipeline.memory import Memory

PAIRS = [("The dog barks.", "Der Hund bellt."), ("It rains.", "Es regnet."), ("The dog barks.", "Der Hund bellt.")]


def test_a_pair_is_looked_at_once(monkeypatch) -> None:
    asked: list[tuple[str, str]] = []
    plain = module.looker

    def counting(encoder):
        look = plain(encoder)
        return lambda pairs: asked.extend(pairs) or look(pairs)

    monkeypatch.setattr(module, "looker", counting)
    memory = Memory()
    first = memory.looker(load())(PAIRS)
    assert [cover.source[0].text for cover in first] == ["The", "It", "The"]
    assert list(memory.looker(load())(PAIRS[:2])) == list(first[:2])
    assert asked == PAIRS[:2]
    monkeypatch.setattr(module, "_KEPT", 1)
    memory.looker(load())([("a", "b")])
    memory.looker(load())(PAIRS[:1])
    assert asked == [*PAIRS[:2], ("a", "b"), PAIRS[0]]


def test_where_nobody_can_look() -> None:
    memory = Memory()
    assert memory.looker(None)(PAIRS) == ()
    assert memory.encoder(None) is None


class Blind:
    """Makes one vector a text, and tells no words apart."""

    name, version = "blind", "1"
    covers = staticmethod(load().covers)

    def encode(self, texts):
        return load().encode(texts)


def test_an_encoder_without_words_is_itself() -> None:
    memory, blind = Memory(), Blind()
    assert memory.encoder(blind) is blind
    assert memory.looker(blind)(PAIRS) == ()
    assert memory.encoder(load()) is memory.encoder(load()) is not load()
