"""Decisions about files: what they are called, what they seem to be, how they may be shown."""

import unicodedata
from typing import Final
from urllib.parse import quote

import puremagic

from rejoinder.events.event import Actor
from rejoinder.messages.attachments.types import IMAGES

UNKNOWN: Final = "application/octet-stream"

_LONGEST_NAME: Final = 200
_LONGEST_SUFFIX: Final = 20
# Control and format characters (zero width, direction), separators, and halves of pairs.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters, marks and symbols that show nothing.
_BLANKS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_FORBIDDEN: Final = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
)


def uploader_of(actor: Actor) -> str:
    """The name under which somebody uploads, and may use what was uploaded."""
    return f"{actor.kind}:{actor.id}"


def clean_name(given: str) -> str:
    """A name that shows what it is and that every system can keep; `file` if nothing is left."""
    seen = (each for each in given if unicodedata.category(each) not in _UNSEEN)
    visible = "".join(each for each in seen if each not in _BLANKS)
    name = unicodedata.normalize("NFC", visible).replace("\\", "/").rpartition("/")[2]
    name = " ".join(name.translate(_FORBIDDEN).split()).strip(". ")
    if name.partition(".")[0].strip().lower() in _DEVICES:
        name = f"_{name}"
    return _shortened(name).strip(". ") or "file"


def _shortened(name: str) -> str:
    """Cut in the middle, so that the suffix stays."""
    if len(name) <= _LONGEST_NAME:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        return name[:_LONGEST_NAME]
    return stem[: _LONGEST_NAME - len(suffix) - 1] + dot + suffix


def content_type_of(head: bytes) -> str:
    """What the first bytes look like. It is a hint: only an image's is ever sent to a browser."""
    if image := _image_type(head):
        return image
    try:
        guess = puremagic.from_string(head, mime=True)  # pyright: ignore[reportUnknownMemberType]  a parameter we do not give
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    # What only resembles an image is not shown as one.
    return guess if guess and guess not in IMAGES else UNKNOWN


def _image_type(head: bytes) -> str | None:
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    return None


def disposition(name: str, *, inline: bool) -> str:
    """The Content-Disposition header (RFC 6266): the name in ASCII, then as it is."""
    plain = name.encode("ascii", "replace").decode().translate(str.maketrans('"\\%?', "____"))
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
