"""Rich content in mails: what it looks like, and that nothing in it can do anything."""

from typing import Any

import msgspec
import pytest

from rejoinder.channels.email.html import page
from rejoinder.messages.rich import Node


def html(*nodes: dict[str, Any]) -> str:
    document = msgspec.convert({"type": "doc", "content": list(nodes)}, Node)
    shown = page(document, lambda found: found)
    return shown.partition("<body>")[2].removesuffix("</body></html>")


def text(said: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": said, "marks": list(marks)}


def block(kind: str, *inside: dict[str, Any], **attrs: object) -> dict[str, Any]:
    return {"type": kind, "content": list(inside), "attrs": attrs}


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (block("paragraph", text("a & b")), "<p>a &amp; b</p>"),
        (block("heading", text("a"), level=3), "<h3>a</h3>"),
        (block("heading", text("a"), level=True), "<h1>a</h1>"),
        (block("heading", text("a"), level="3><script>"), "<h1>a</h1>"),
        (block("codeBlock", text("<a>")), "<pre><code>&lt;a&gt;</code></pre>"),
        (block("bulletList", block("listItem", text("a"))), "<ul><li>a</li></ul>"),
        (block("orderedList", block("listItem", text("a"))), "<ol><li>a</li></ol>"),
        (block("blockquote", text("a")), "<blockquote>a</blockquote>"),
        (block("hardBreak"), "<br>"),
        (block("horizontalRule"), "<hr>"),
        (block("mention", label="<Ada>"), "@&lt;Ada&gt;"),
        (block("unheard-of", text("a")), "<div>a</div>"),
    ],
)
def test_a_block_is_shown(node: dict[str, Any], expected: str) -> None:
    assert html(node) == expected


def test_marks_stand_inside_one_another() -> None:
    marks = [{"type": name} for name in ("bold", "italic", "underline", "strike", "code", "x")]

    shown = html(text("a", *marks))

    assert shown == "<code><s><u><em><strong>a</strong></em></u></s></code>"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "java\nscript:x", None, 7]
)
def test_a_link_that_is_not_safe_is_its_text(href: object) -> None:
    assert html(text("a", {"type": "link", "attrs": {"href": href}})) == "a"


def test_an_attribute_ends_where_it_ends() -> None:
    link = {"type": "link", "attrs": {"href": 'https://x.example/"onclick="y'}}
    picture = block("image", src="https://x.example/p.png", alt='"><script>')

    shown = html(text("a", link), picture)

    assert shown == (
        '<a href="https://x.example/&quot;onclick=&quot;y">a</a>'
        '<img src="https://x.example/p.png" alt="&quot;&gt;&lt;script&gt;">'
    )


def test_an_image_that_is_not_safe_is_what_it_stands_for() -> None:
    assert html(block("image", src="javascript:alert(1)", alt="A cat")) == "A cat"
