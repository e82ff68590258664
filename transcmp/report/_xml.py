"""XML text for the formats that are written piece by piece."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def escaped(text: str, *, attribute: bool = False) -> str:
    """Text as XML content or attribute value; characters that XML 1.0 cannot hold become U+FFFD."""
    wanted = '&<>"\r\n\t' if attribute else "&<>\r"
    return re.sub(f"[{wanted}]", lambda found: _SPECIAL[found[0]], _FORBIDDEN.sub("\ufffd", text))
