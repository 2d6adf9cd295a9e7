"""Whether the columns of a statement can fill a Struct by position: names, order and types."""

from collections.abc import Sequence

from asyncpg import Attribute
from msgspec import Struct, inspect

SCALARS: dict[type[inspect.Type], set[str]] = {
    inspect.BoolType: {"bool"},
    inspect.IntType: {"int2", "int4", "int8", "xid"},
    inspect.FloatType: {"float4", "float8"},
    inspect.DecimalType: {"numeric"},
    inspect.StrType: {"text", "varchar", "bpchar", "name"},
    inspect.BytesType: {"bytea"},
    inspect.UUIDType: {"uuid"},
    inspect.DateType: {"date"},
    inspect.DateTimeType: {"timestamptz"},
    inspect.TimeDeltaType: {"interval"},
    inspect.RawType: {"json", "jsonb"},
}


def mismatches(kind: type[Struct], columns: Sequence[Attribute]) -> list[str]:
    """What differs, in words; fields behind the last column need a default."""
    structure = inspect.type_info(kind)
    assert isinstance(structure, inspect.StructType)
    fields = {field.name: field for field in structure.fields}
    found = [column.name for column in columns]
    if found != list(kind.__match_args__[: len(found)]):
        return [f"columns {found} for fields {list(kind.__match_args__)}"]
    missing = [name for name, field in fields.items() if field.required and name not in found]
    return [f"no column for {name}" for name in missing] + [
        f"{column.name}: column is {column.type.name}, field is {fields[column.name].type}"
        for column in columns
        if not fits(fields[column.name].type, column.type.name)
    ]


def fits(field: inspect.Type, column: str) -> bool:
    """Whether the driver gives values of the field's type for a column of this type."""
    match field:
        case inspect.AnyType():
            return True
        case inspect.LiteralType(values=values):
            return column in SCALARS[inspect.IntType if type(values[0]) is int else inspect.StrType]
        case inspect.UnionType(types=kinds):
            return all(
                fits(kind, column) for kind in kinds if not isinstance(kind, inspect.NoneType)
            )
        case inspect.ListType(item_type=item):
            return column.endswith("[]") and fits(item, column.removesuffix("[]"))
        case inspect.Metadata(type=inner):
            return fits(inner, column)
        case _:
            return column in SCALARS.get(type(field), set())
