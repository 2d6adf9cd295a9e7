"""Rich content: TipTap's JSON, of which only what every reader can show safely is taken."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from msgspec import Raw, Struct

from rejoinder.errors import Invalid
from rejoinder.messages.attachments.types import Link

Plain = str | int | float | bool | None

_LONGEST: Final = 100_000
_DEEPEST: Final = 20

NODES: Final[Mapping[str, frozenset[str]]] = {
    "doc": frozenset(),
    "paragraph": frozenset({"textAlign"}),
    "text": frozenset(),
    "hardBreak": frozenset(),
    "heading": frozenset({"level", "textAlign"}),
    "blockquote": frozenset(),
    "codeBlock": frozenset({"language"}),
    "bulletList": frozenset(),
    "orderedList": frozenset({"start", "type"}),
    "listItem": frozenset(),
    "horizontalRule": frozenset(),
    "image": frozenset({"src", "alt", "title", "width", "height"}),
    "mention": frozenset({"id", "label"}),
}
"""Each node that may stand in rich content, with the attributes it may carry."""

MARKS: Final[Mapping[str, frozenset[str]]] = {
    "bold": frozenset(),
    "italic": frozenset(),
    "underline": frozenset(),
    "strike": frozenset(),
    "code": frozenset(),
    "link": frozenset({"href", "target", "rel", "class", "title"}),
}
_BLOCKS: Final = frozenset({"paragraph", "heading", "codeBlock"})
_LINKS: Final = frozenset({"http", "https", "mailto", "tel"})
_IMAGES: Final = frozenset({"http", "https"})
_ATTACHMENT: Final = re.compile(r"attachment:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# In checked JSON nothing but an image's `src` can be written like this.
_SHOWN: Final = re.compile(rb'"src": ?"attachment:([0-9a-f-]{36})"')


class Mark(Struct, frozen=True, omit_defaults=True):
    type: str
    attrs: dict[str, Plain] | None = None


class Node(Struct, frozen=True, omit_defaults=True):
    """One node of the document, its shape checked, its meaning not yet."""

    type: str
    text: str | None = None
    attrs: dict[str, Plain] | None = None
    marks: list[Mark] | None = None
    content: list["Node"] | None = None


def checked(document: object, attr: str = "rich_content") -> dict[str, Any]:
    """The document, if all of it is known and safe; keys without a meaning are left out.

    Raises:
        Invalid: it is too long, too deep, or holds a node, mark, attribute or link it may not.
    """
    if len(msgspec.json.encode(document)) > _LONGEST:
        raise Invalid(f"Rich content may take {_LONGEST} bytes.", attr=attr, code="max_length")
    try:
        root = msgspec.convert(document, Node)
    except msgspec.ValidationError as error:
        raise Invalid(f"Not a TipTap document: {error}", attr=attr) from None
    if root.type != "doc":
        raise Invalid('Rich content is an object of type "doc".', attr=attr)
    for problem in _problems(root, 1):
        raise Invalid(problem, attr=attr)
    return cast("dict[str, Any]", msgspec.to_builtins(root))


def plain_text(document: Mapping[str, Any]) -> str:
    """What a checked document says, a line for each block."""
    match document["type"]:
        case "text":
            return str(document["text"])
        case "hardBreak":
            return "\n"
        case kind:
            text = "".join(map(plain_text, document.get("content", [])))
            return text + "\n" if kind in _BLOCKS else text


def attachments_in(document: Mapping[str, Any]) -> set[UUID]:
    """The attachments that a checked document shows as images."""
    found = set[UUID]().union(*map(attachments_in, document.get("content", [])))
    if document["type"] == "image" and (mark := _ATTACHMENT.fullmatch(document["attrs"]["src"])):
        found.add(UUID(mark[1]))
    return found


def linked(document: Raw | None, link: Link) -> Raw | None:
    """A stored document whose images lead to where the reader finds the attachments."""
    if document is None or b'"attachment:' not in bytes(document):
        return document

    def address(mark: re.Match[bytes]) -> bytes:
        return b'"src":' + msgspec.json.encode(link(UUID(mark[1].decode())))

    return Raw(_SHOWN.sub(address, bytes(document)))


def _problems(node: Node, depth: int) -> Iterator[str]:
    """What is wrong with the node or anything below it, as sentences."""
    if depth > _DEEPEST:
        yield f"Rich content may be nested {_DEEPEST} deep."
        return
    if node.type not in NODES:
        yield f"There is no node of type {node.type!r}."
        return
    if node.type == "text" and not node.text:
        yield "A text node holds a text."
    yield from _attribute_problems(node.type, node.attrs or {}, NODES[node.type])
    for mark in node.marks or []:
        if mark.type not in MARKS:
            yield f"There is no mark of type {mark.type!r}."
        else:
            yield from _attribute_problems(mark.type, mark.attrs or {}, MARKS[mark.type])
    for child in node.content or []:
        yield from _problems(child, depth + 1)


def _attribute_problems(
    kind: str, attrs: Mapping[str, Plain], allowed: frozenset[str]
) -> Iterator[str]:
    for name in sorted(attrs.keys() - allowed):
        yield f"A {kind} has no attribute {name!r}."
    if kind == "link" and not is_safe_url(attrs.get("href"), _LINKS):
        yield "A link leads to an http, https, mailto or tel address."
    if kind == "image" and not _is_picture(attrs.get("src")):
        yield "An image comes from an http or https address, or from an attachment."


def _is_picture(value: object) -> bool:
    if isinstance(value, str) and _ATTACHMENT.fullmatch(value):
        return True
    return is_safe_url(value, _IMAGES)


def is_safe_url(value: object, schemes: frozenset[str]) -> bool:
    """Whether the URL has one of the schemes, or is a path on this server."""
    if not isinstance(value, str) or any(ord(character) <= ord(" ") for character in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme.lower() in schemes
    # A path of ours; `//host` and `/\host` would leave the server.
    return value.startswith("/") and value[1:2] not in {"/", "\\"}
