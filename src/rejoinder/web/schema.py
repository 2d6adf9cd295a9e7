"""Reading an OpenAPI document: references, types in words, and examples."""

from typing import Any, Final, cast

Document = dict[str, Any]

_SAMPLES: Final[dict[str, Any]] = {
    "date-time": "2026-01-05T10:00:00.123456Z",
    "date": "2026-01-05",
    "uuid": "018f3b6e-1c2d-7a4b-9e8f-0123456789ab",
    "uri": "https://example.com",
    "email": "ada@example.com",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "string": "text",
    "null": None,
}
_DEEPEST_EXAMPLE: Final = 6


class Schemas:
    """The schemas of one document, and the credentials it knows."""

    def __init__(self, document: Document) -> None:
        components: Document = document.get("components", {})
        self._known: Document = components.get("schemas", {})
        self._schemes: Document = components.get("securitySchemes", {})
        self._usual: list[Document] = document.get("security", [])

    def resolve(self, schema: Document) -> Document:
        """`schema`, or what it refers to."""
        if ref := schema.get("$ref"):
            return self._known.get(str(ref).rpartition("/")[2], {})
        return schema

    def credential(self, operation: Document) -> str:
        """The header that an operation wants, its secret as a shell variable; or nothing."""
        alternatives: list[dict[str, Any]] = operation.get("security", self._usual)
        for name in alternatives[0] if alternatives else {}:
            scheme, secret = self._schemes[name], f"$REJOINDER_{name.upper()}"
            if scheme["type"] == "http":
                return f"Authorization: Bearer {secret}"
            if scheme["in"] == "cookie":
                return f"Cookie: {scheme['name']}={secret}"
            return f"{scheme['name']}: {secret}"
        return ""

    def words(self, schema: Document) -> str:
        """The type, as one says it: `array of string, or null`."""
        if ref := schema.get("$ref"):
            return str(ref).rpartition("/")[2]
        if options := _options(schema):
            return ", or ".join(dict.fromkeys(self.words(option) for option in options))
        if values := schema.get("enum"):
            return " | ".join("null" if value is None else str(value) for value in values)
        kind = schema.get("type", "any")
        if isinstance(kind, list):
            return ", or ".join(cast("list[str]", kind))
        if kind == "array":
            return f"array of {self.words(schema.get('items', {}))}"
        return f"{kind} ({schema['format']})" if "format" in schema else str(kind)

    def example(self, schema: Document, depth: int = 0) -> Any:
        """A value that fits, the documented one where there is one."""
        schema = self.resolve(schema)
        for given in ("examples", "enum"):
            if values := cast("list[Any]", schema.get(given)):
                return values[0]
        for given in ("example", "const", "default"):
            if given in schema:
                return schema[given]
        if options := _options(schema):
            return self.example(options[0], depth)
        if depth > _DEEPEST_EXAMPLE:
            return None
        if properties := schema.get("properties"):
            return {name: self.example(inner, depth + 1) for name, inner in properties.items()}
        return self._plain(schema, depth)

    def body_example(self, schema: Document) -> Any:
        """A body that a server takes: what it needs, and of the rest what has values of its own."""
        schema = self.resolve(schema)
        properties: dict[str, Document] = schema.get("properties", {})
        if not properties or "examples" in schema:
            return self.example(schema)
        return {
            name: self.example(inner)
            for name, inner in properties.items()
            if name in schema.get("required", []) or self._has_values(inner)
        }

    def _has_values(self, schema: Document) -> bool:
        schema = self.resolve(schema)
        return not schema.keys().isdisjoint({"examples", "enum", "const"}) or any(
            map(self._has_values, _options(schema))
        )

    def _plain(self, schema: Document, depth: int) -> Any:
        kind = schema.get("type", "object")
        if isinstance(kind, list):
            kind = cast("list[str]", kind)[0]
        if kind == "array":
            return [self.example(schema.get("items", {}), depth + 1)]
        return _SAMPLES.get(schema.get("format", ""), _SAMPLES.get(str(kind), {}))


def _options(schema: Document) -> list[Document]:
    """The alternatives of a schema, null last."""
    options: list[Document] = schema.get("oneOf") or schema.get("anyOf") or []
    return sorted(options, key=lambda option: option.get("type") == "null")
