"""A small site in three languages, with everything a gate must see: written for the tests."""

from __future__ import annotations

from pathlib import Path

SETTINGS = """\
source_language = "en"

[[pairs]]
source = "docs/en/**/*.md"
target = "docs/{lang}/**/*.md"

[rules]
missing-file = "warning"

[languages.it.rules]
missing-file = "error"

[ignore]
paths = ["docs/*/**/changelog.md"]
"""

PAGES: dict[str, str] = {
    "docs/en/index.md": """\
# The mill

The old mill stands at the end of the valley, where the river turns to the south. It was built in 1842 and ground the corn of four villages.

Visitors are welcome every day from 9 to 17 o'clock. The entrance is free.

## How to get there

Take the bus to the last stop and follow the river for about 20 minutes.
""",
    "docs/de/index.md": """\
# Die Mühle

Die alte Mühle steht am Ende des Tals, wo der Fluss nach Süden abbiegt. Sie wurde 1842 gebaut und mahlte das Korn von vier Dörfern.

Besucher sind jeden Tag von 9 bis 17 Uhr willkommen. Der Eintritt ist frei.

## Wie man hinkommt

Nehmen Sie den Bus bis zur Endhaltestelle und folgen Sie dem Fluss etwa 20 Minuten lang.
""",
    "docs/it/index.md": """\
# Il mulino

Il vecchio mulino si trova in fondo alla valle, dove il fiume gira verso sud. Fu costruito nel 1842 e macinava il grano di quattro villaggi.

I visitatori sono benvenuti ogni giorno dalle 9 alle 17. L'ingresso è gratuito.

## Come arrivare

Prendete l'autobus fino al capolinea e seguite il fiume per circa 20 minuti.
""",
    "docs/en/guide/tour.md": """\
# The tour

The tour begins in the yard, where the cart of 1871 can be seen.

In the upper room there are 12 sacks of flour and a scale from the year 1903.

<!-- transcmp: ignore number -->

The wheel has a diameter of 6 metres.

The tour ends in the garden, under the old pear tree.
""",
    # 1871 became 1817: an old fault, for the baseline; the wheel's 7 metres are ignored in the source
    "docs/de/guide/tour.md": """\
# Der Rundgang

Der Rundgang beginnt im Hof, wo der Karren von 1817 zu sehen ist.

Im oberen Zimmer gibt es 12 Säcke Mehl und eine Waage aus dem Jahr 1903.

Das Rad hat einen Durchmesser von 7 Metern.

Der Rundgang endet im Garten, unter dem alten Birnbaum.
""",
    "docs/it/guide/tour.md": """\
# La visita

La visita comincia nel cortile, dove si può vedere il carro del 1871.

Nella stanza di sopra ci sono 12 sacchi di farina e una bilancia dell'anno 1903.

La ruota ha un diametro di 6 metri.

La visita finisce nel giardino, sotto il vecchio pero.
""",
    "docs/en/guide/bread.md": """\
# Our bread

We bake our bread twice a week in the wood oven behind the mill. You can smell it as far as the road.

Please order it the day before, by telephone or in the shop.
""",
    # the Italian page is in English: somebody copied it and forgot
    "docs/it/guide/bread.md": """\
# Our bread

We bake our bread twice a week in the wood oven behind the mill. You can smell it as far as the road.

Please order it the day before, by telephone or in the shop.
""",
    "docs/de/guide/bread.md": """\
# Unser Brot

Wir backen unser Brot zweimal in der Woche im Holzofen hinter der Mühle. Man riecht es bis zur Straße.

Bitte bestellen Sie es am Tag vorher, telefonisch oder im Laden.
""",
    # no German and no Italian page yet
    "docs/en/guide/events.md": "# Events\n\nIn summer there are concerts in the yard every Saturday evening.\n",
    # its source was deleted
    "docs/it/guide/prices.md": "# Prezzi\n\nL'ingresso è gratuito per i bambini e costa due euro per gli adulti.\n",
    # left out by the settings
    "docs/en/changelog.md": "# Changes\n\nWe painted the door in 2020.\n",
    "docs/de/changelog.md": "# Änderungen\n\nWir haben die Tür 2012 gestrichen.\n",
}

FIXED = {"docs/de/guide/tour.md": PAGES["docs/de/guide/tour.md"].replace("1817", "1871")}
"""The old fault repaired."""
WORSE = {"docs/de/guide/tour.md": PAGES["docs/de/guide/tour.md"].replace("1903", "1930")}
"""A new fault beside the old one."""


def write(root: Path, pages: dict[str, str] = PAGES, settings: str | None = SETTINGS) -> Path:
    """Write pages, and the settings file unless that is None."""
    for name, text in pages.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    if settings is not None:
        (root / "transcmp.toml").write_text(settings, encoding="utf-8")
    return root
