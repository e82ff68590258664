"""XML with the place of every character: expat's events with offsets into the decoded text.

Nothing is fetched, and a document that declares entities is refused (no "billion laughs", no external entities).
"""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from transcmp.errors import FormatError
from transcmp.model import Piece

_TAG_END = re.compile(r"(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_REFERENCE = re.compile(r"&[^;&\s]{1,40};")


class XmlHandler:
    """What a reader of an XML format overrides. Names come without prefix, attributes as written except ``xml:lang``."""

    start = 0
    """Offset of the tag that :meth:`open` is called for."""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """A start tag."""

    def close(self, name: str) -> None:
        """An end tag."""

    def data(self, piece: Piece) -> None:
        """Character data."""


def tag_end(text: str, start: int) -> int:
    """The offset behind the tag that begins at ``start``."""
    found = _TAG_END.match(text, start)
    return found.end() if found else start


def parse_xml(text: str, path: str, handler: XmlHandler) -> None:
    """Call ``handler`` for everything in ``text``.

    Raises FormatError, with line and column, where it is not well-formed or declares entities.
    """
    _Events(text, path, handler).run()


class _Events:
    def __init__(self, text: str, path: str, handler: XmlHandler) -> None:
        self.text = text
        self.path = path
        self.handler = handler
        self.bytes = text.encode("utf-8", "surrogatepass")
        self.same = len(self.bytes) == len(text)
        self.byte = self.char = 0
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = self.open
        parser.EndElementHandler = self.close
        parser.CharacterDataHandler = self.data
        parser.EntityDeclHandler = self.refuse
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser = parser

    def run(self) -> None:
        try:
            self.parser.Parse(self.bytes, True)
        except expat.ExpatError as error:
            raise FormatError(
                message=f"broken XML: {expat.ErrorString(error.code)}", path=self.path, line=error.lineno, column=error.offset + 1
            ) from None

    def offset(self) -> int:
        """Where the current event is, in characters."""
        index = self.parser.CurrentByteIndex
        if self.same:
            return index
        if index < self.byte:
            self.byte = self.char = 0
        self.char += len(self.bytes[self.byte : index].decode("utf-8", "surrogatepass"))
        self.byte = index
        return self.char

    def open(self, name: str, attributes: dict[str, str]) -> None:
        self.handler.start = self.offset()
        self.handler.open(name.rpartition(":")[2], attributes)

    def close(self, name: str) -> None:
        self.handler.close(name.rpartition(":")[2])

    def data(self, data: str) -> None:
        start = self.offset()
        if self.text.startswith(data, start):
            self.handler.data(Piece(start, start + len(data)))
            return
        found = _REFERENCE.match(self.text, start)
        end = found.end() if found else start + (2 if self.text.startswith("\r\n", start) else len(data))
        self.handler.data(Piece(start, end, data))

    def refuse(self, name: str, *_: object) -> NoReturn:
        raise FormatError(
            message=f"declares the entity {name!r}; entities are not expanded",
            path=self.path,
            line=self.parser.CurrentLineNumber,
            hint="remove the declaration",
        )
