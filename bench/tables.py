"""A table that a terminal shows, and a page of the documentation as well."""

from rich.table import Table

_LEFT = frozenset({"of", "indexes", "read through"})


class Shown:
    """Rows of text below a title; `name` is what the documentation calls it."""

    def __init__(self, name: str, title: str, *head: str) -> None:
        self.name = name
        self.title = title
        self.head = head
        self.rows: list[tuple[str, ...]] = []

    def row(self, *cells: str) -> None:
        self.rows.append(cells)

    def __rich__(self) -> Table:
        table = Table(title=self.title, title_justify="left")
        for place, name in enumerate(self.head):
            table.add_column(name, justify="left" if self._is_text(place) else "right")
        for cells in self.rows:
            table.add_row(*cells)
        return table

    def markdown(self) -> str:
        marks = ["---" if self._is_text(place) else "---:" for place in range(len(self.head))]
        lines = [self.head, tuple(marks), *self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def _is_text(self, place: int) -> bool:
        return place == 0 or self.head[place] in _LEFT


def number(value: float | None) -> str:
    """Three digits that mean something."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def mark(*, ok: bool) -> str:
    return "✓" if ok else "✗"
