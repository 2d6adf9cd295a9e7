"""The API reference as one HTML page, made from the OpenAPI document alone.

No scripts, nothing from elsewhere: it works offline and under the strictest content policy.
"""

import re
import shlex
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from http import HTTPStatus
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from rejoinder.web.schema import Document, Schemas

_STYLE: Final = files("rejoinder.web").joinpath("reference.css").read_text(encoding="utf-8")
_STYLE_HASH: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PUBLIC: Final[list[dict[str, list[str]]]] = [{}]
_ICON: Final = "data:,"
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_ADDRESS: Final = "$REJOINDER_URL"


def page(document: Document) -> str:
    """The whole page."""
    info = document["info"]
    groups = _grouped(document)
    schemas = Schemas(document)
    sections = "".join(_section(name, text, found, schemas) for name, text, found in groups)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(info["title"])} API</title><link rel="icon" href="{_ICON}">'
        f"<style>{_STYLE}</style></head>"
        f'<body><div class="layout"><nav aria-label="Routes">{_navigation(groups)}</nav><main>'
        f"<h1>{escape(info['title'])} API <small>{escape(info['version'])}</small></h1>"
        f"{_prose(info.get('description', ''))}"
        '<p><a href="/api/schema">The OpenAPI document</a></p>'
        f"{sections}</main></div></body></html>"
    )


class Operation(msgspec.Struct, frozen=True):
    """One method on one path."""

    method: str
    path: str
    spec: Document

    @property
    def anchor(self) -> str:
        return re.sub(r"\W+", "-", f"{self.method}{self.path}").strip("-")

    @property
    def title(self) -> str:
        return self.spec.get("summary") or self.path


Group = tuple[str, str, list[Operation]]


def _grouped(document: Document) -> list[Group]:
    """The operations by their first tag; described tags first, in the order of the document."""
    texts = {tag["name"]: tag.get("description", "") for tag in document.get("tags", [])}
    found: dict[str, list[Operation]] = {name: [] for name in texts}
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if spec := methods.get(method):
                tag = (spec.get("tags") or ["other"])[0]
                found.setdefault(tag, []).append(Operation(method, path, spec))
    return [(name, texts.get(name, ""), listed) for name, listed in found.items() if listed]


def _navigation(groups: list[Group]) -> str:
    return "".join(
        f"<h2>{escape(name)}</h2>"
        + "".join(f'<a href="#{each.anchor}">{escape(each.title)}</a>' for each in found)
        for name, _, found in groups
    )


def _section(name: str, text: str, found: list[Operation], schemas: Schemas) -> str:
    operations = "".join(_operation(each, schemas) for each in found)
    return f"<section><h2>{escape(name)}</h2>{_prose(text)}{operations}</section>"


def _operation(operation: Operation, schemas: Schemas) -> str:
    spec = operation.spec
    return (
        f'<details class="operation"><summary>'
        f'<span class="method {operation.method}">{operation.method.upper()}</span>'
        f'<span class="path">{escape(operation.path)}</span>'
        f'<span class="summary">{escape(operation.title)}</span></summary>'
        # The id stands inside, so that following a link opens the details around it.
        f'<div class="body" id="{operation.anchor}">'
        f"{_prose(spec.get('description', ''))}"
        f"<pre>{escape(_curl(operation, schemas))}</pre>"
        f"{_parameters(spec.get('parameters', []), schemas)}"
        f"{_fields(spec, schemas)}{_answers(spec['responses'], schemas)}</div></details>"
    )


def _curl(operation: Operation, schemas: Schemas) -> str:
    """A line that works as it stands once address and key are set."""
    parts = [f'curl "{_ADDRESS}{_filled(operation, schemas)}"']
    if operation.method != "get":
        parts[0] = parts[0].replace("curl", f"curl -X {operation.method.upper()}")
    if credential := schemas.credential(operation.spec):
        parts.append(f'-H "{credential}"')
    content: Document = operation.spec.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        example = schemas.body_example(content["application/json"]["schema"])
        parts.append('-H "Content-Type: application/json"')
        parts.append(f"-d {shlex.quote(msgspec.json.encode(example).decode())}")
    elif "multipart/form-data" in content:
        parts.append("-F file=@picture.png")
    return " \\\n  ".join(parts)


def _filled(operation: Operation, schemas: Schemas) -> str:
    """The path with its parameters, and those of the query that it needs or has examples of."""
    path, asked = operation.path, dict[str, str]()
    for parameter in operation.spec.get("parameters", []):
        name, schema = parameter["name"], parameter.get("schema", {})
        examples = [example["value"] for example in parameter.get("examples", {}).values()]
        value, *_ = [*examples, schemas.example(schema)]
        if parameter["in"] == "path":
            path = path.replace(f"{{{name}}}", str(value))
        elif parameter["in"] == "query" and (parameter.get("required") or "examples" in schema):
            asked[name] = str(value)
    return f"{path}?{urlencode(asked)}" if asked else path


def _parameters(parameters: list[Document], schemas: Schemas) -> str:
    rows = [
        _row(
            each["name"],
            f"{schemas.words(each.get('schema', {}))}, in {each['in']}",
            required=each.get("required", False),
            text=each.get("description", ""),
        )
        for each in parameters
    ]
    return _table("Parameters", rows)


def _fields(spec: Document, schemas: Schemas) -> str:
    schema = schemas.resolve(_body_schema(spec) or {})
    required = schema.get("required", [])
    rows = [
        _row(name, schemas.words(each), required=name in required, text=each.get("description", ""))
        for name, each in schema.get("properties", {}).items()
    ]
    return _table("Body", rows)


def _table(title: str, rows: list[str]) -> str:
    return f"<h4>{title}</h4><table>{''.join(rows)}</table>" if rows else ""


def _row(name: str, kind: str, *, required: bool, text: str) -> str:
    mark = ' <span class="required">required</span>' if required else ""
    return (
        f"<tr><td><code>{escape(name)}</code>{mark}</td>"
        f'<td class="type">{escape(kind)}</td><td>{_inline(text)}</td></tr>'
    )


def _answers(responses: Document, schemas: Schemas) -> str:
    return "<h4>Answers</h4>" + "".join(
        f'<details class="answer"><summary><b>{status}</b> {_phrase(status)} '
        f"{_inline(response['description'])}</summary>{_example(response, schemas)}</details>"
        for status, response in responses.items()
    )


def _phrase(status: str) -> str:
    return f'<span class="type">{HTTPStatus(int(status)).phrase}</span>' if status.isdigit() else ""


def _example(response: Document, schemas: Schemas) -> str:
    return "".join(f"<pre>{escape(text)}</pre>" for text in _example_texts(response, schemas))


def _example_texts(response: Document, schemas: Schemas) -> Iterator[str]:
    for media in response.get("content", {}).values():
        value: Any = schemas.example(media.get("schema", {}))
        for example in media.get("examples", {}).values():
            value = example.get("value")
        yield msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _body_schema(spec: Document) -> Document | None:
    for media in spec.get("requestBody", {}).get("content", {}).values():
        return media.get("schema")
    return None


def _prose(text: str) -> str:
    return "".join(f"<p>{_inline(part)}</p>" for part in text.split("\n\n") if part.strip())


def _inline(text: str) -> str:
    """Text with `code` marked, the only markup our descriptions use."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
