"""From a path to decoded text: sizes, encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from transcmp.errors import DecodeError, FormatError, ReadError, TooLargeError

MAX_CONTROL_SHARE = 0.1
"""A file with more control characters than this is not text."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_NAMES = 1000
"""Files of a folder that are looked at for a name like a misspelt one."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b") + b"\x7f"
_SIGNATURES = (
    (b"PK\x03\x04", "a zip archive", "for DOCX and EPUB, --input-format says so"),
    (b"%PDF-", "a PDF file", "name what it was made from"),
    (b"\xd0\xcf\x11\xe0", "an old or encrypted Office file", "save it as .docx, without a password"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
    (b"\x89PNG", "a PNG image", "name a text"),
    (b"\xff\xd8\xff", "a JPEG image", "name a text"),
)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def read_bytes(path: str, max_size: int | None = None) -> bytes:
    """The bytes of a file, of standard input for ``-``.

    Raises TooLargeError above ``max_size`` bytes and ReadError where the file cannot be opened or read.
    """
    try:
        if path == "-":
            data = sys.stdin.buffer.read(-1 if max_size is None else max_size + 1)
        else:
            with Path(path).open("rb") as stream:
                data = stream.read(-1 if max_size is None else max_size + 1)
    except FileNotFoundError:
        raise ReadError(message="no such file", path=path, hint=_like(path)) from None
    except IsADirectoryError:
        raise ReadError(message="is a directory", path=path, hint="name a file in it") from None
    except PermissionError:
        if Path(path).is_dir():  # how Windows answers
            raise ReadError(message="is a directory", path=path, hint="name a file in it") from None
        raise ReadError(message="may not be read", path=path, hint="see its permissions") from None
    except (OSError, ValueError) as error:
        raise ReadError(message=f"cannot be read: {getattr(error, 'strerror', None) or error}", path=path) from error
    if max_size is not None and len(data) > max_size:
        raise TooLargeError(message=f"larger than {_size(max_size)}", path=path, hint="raise --max-size to read it")
    return data


def _like(path: str) -> str | None:
    """The file beside a missing one whose name is most like it."""
    from difflib import get_close_matches

    wanted = Path(path)
    with suppress(OSError):
        names = [item.name for item in islice(wanted.parent.iterdir(), _MOST_NAMES)]
        for name in get_close_matches(wanted.name, names, 1, 0.8):
            return f"did you mean {wanted.with_name(name)}?"
    return None


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 1_000_000 else f"{count:,} bytes"


def decode(data: bytes, path: str, encoding: str | None = None, declared: Callable[[bytes], str | None] | None = None) -> str:
    """The text of ``data``.

    The encoding is, in this order: ``encoding`` (the user's word), a byte order mark, what the format itself declares (``declared``
    finds it in the bytes), UTF-8. Raises DecodeError with the offset of the first bad byte, FormatError where this is no text.
    """
    for signature, what, hint in _SIGNATURES:
        if data.startswith(signature):
            raise FormatError(message=f"is {what}, not text", path=path, hint=hint)
    name = encoding or next((name for bom, name in _BOMS if data.startswith(bom)), None)
    if name is None and declared is not None:
        name = _known(declared(data))
    try:
        codecs.lookup(name or "utf-8")  # of no bytes at all decode() makes no text, but no error either
        text = data.decode(name or "utf-8")
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        raise DecodeError(
            message=f"byte {start:,} is not {name or 'UTF-8'}",
            path=path,
            line=data.count(b"\n", 0, start) + 1,
            hint="name its encoding with --encoding",
            offset=start,
        ) from None
    except LookupError:
        raise ReadError(message=f"no encoding {name!r}", path=path, hint="for instance utf-8, latin-1, cp1252, shift_jis") from None
    _require_text(text, path)
    return text.removeprefix("\ufeff")


def _known(name: str | None) -> str | None:
    """``name`` if Python knows this encoding of text; a wrong declaration is no reason not to try UTF-8."""
    if not name or name.lower().startswith("utf-16"):
        return None
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):  # also what is no encoding of text: base64, hex, rot13
        return None
    return codecs.lookup(name).name


def _require_text(text: str, path: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > MAX_CONTROL_SHARE * len(text):
        raise FormatError(
            message=f"is no text: {100 * controls // len(text)} % of it are control characters",
            path=path,
            hint="name its encoding with --encoding if it is text",
        )


def xml_encoding(data: bytes) -> str | None:
    """The encoding in an XML declaration (XML 1.0, 4.3.3)."""
    found = _XML_ENCODING.match(data[:400])
    return found[1].decode("ascii") if found else None
