"""Rich content as the HTML of a mail. Whatever it says is escaped, whatever it links to checked."""

from collections.abc import Callable
from html import escape
from typing import Final

from rejoinder.messages.rich import Mark, Node, Plain, is_safe_url

Address = Callable[[str], str | None]
"""From what a document has as a link or source to what a mail can open; None for nothing."""

_PAGE: Final = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{}</body></html>'
_LINKS: Final = frozenset({"http", "https", "mailto", "tel", "cid"})
_MARKS: Final = {"bold": "strong", "italic": "em", "underline": "u", "strike": "s", "code": "code"}
_EMPTY: Final = {"hardBreak": "<br>", "horizontalRule": "<hr>"}
_BLOCKS: Final = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bulletList": "ul",
    "orderedList": "ol",
    "listItem": "li",
}
_HEADINGS: Final = range(1, 7)


def page(document: Node, address: Address) -> str:
    """The document as a whole page."""
    return _PAGE.format(_inner(document, address))


def _inner(node: Node, address: Address) -> str:
    return "".join(_html(child, address) for child in node.content or [])


def _html(node: Node, address: Address) -> str:
    """The node; of what is not known, what is in it."""
    attrs = node.attrs or {}
    match node.type:
        case "text":
            html = _marked(node, address)
        case "mention":
            html = escape(f"@{attrs.get('label') or ''}")
        case "image":
            html = _image(attrs, address)
        case "codeBlock":
            html = f"<pre><code>{_inner(node, address)}</code></pre>"
        case kind if kind in _EMPTY:
            html = _EMPTY[kind]
        case kind:
            tag = _heading(attrs) if kind == "heading" else _BLOCKS.get(kind, "div")
            html = f"<{tag}>{_inner(node, address)}</{tag}>"
    return html


def _heading(attrs: dict[str, Plain]) -> str:
    level = attrs.get("level")
    return f"h{int(level)}" if isinstance(level, int) and level in _HEADINGS else "h1"


def _marked(node: Node, address: Address) -> str:
    html = escape(node.text or "")
    for mark in node.marks or []:
        html = _mark(mark, html, address)
    return html


def _mark(mark: Mark, html: str, address: Address) -> str:
    if mark.type == "link":
        href = _checked((mark.attrs or {}).get("href"), address)
        return f'<a href="{escape(href)}">{html}</a>' if href else html
    tag = _MARKS.get(mark.type)
    return f"<{tag}>{html}</{tag}>" if tag else html


def _image(attrs: dict[str, Plain], address: Address) -> str:
    alt = escape(str(attrs.get("alt") or ""))
    source = _checked(attrs.get("src"), address)
    return f'<img src="{escape(source)}" alt="{alt}">' if source else alt


def _checked(value: Plain, address: Address) -> str | None:
    found = address(value) if isinstance(value, str) else None
    return found if found is not None and is_safe_url(found, _LINKS) else None
