"""Sizes of files, functions and classes: what the house limits are about."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHOWN = 10

FILE_LINES = 450
FUNCTION_LINES = 80
CLASS_METHODS = 25


@dataclass(frozen=True)
class Measure:
    """How large one thing is: lines, or public methods for a class."""

    kind: str
    size: int
    name: str

    @property
    def limit(self) -> int:
        return {"file": FILE_LINES, "function": FUNCTION_LINES, "class": CLASS_METHODS}[self.kind]


def measured_files(root: Path = ROOT) -> list[Path]:
    """Every Python file we wrote: the package, the tests, the developer script."""
    folders = (root / "src", root / "tests", root / "installer")
    found = [path for folder in folders for path in folder.rglob("*.py") if "__pycache__" not in path.parts]
    return sorted([*found, *root.glob("*.py")])


def measures_of(source: str, place: str) -> Iterator[Measure]:
    """Measure one file's text; place is how the result names it."""
    yield Measure("file", len(source.splitlines()), place)
    for node in _statements(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Measure("function", lines, f"{place}:{node.name}")
        elif isinstance(node, ast.ClassDef):
            yield Measure("class", _public_methods(node), f"{place}:{node.name}")


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All statements below a node. Expressions, nine nodes in ten, hold no function or class."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.stmt | ast.ExceptHandler | ast.match_case):
            yield inner
            yield from _statements(inner)


def measures(files: Iterable[Path], root: Path = ROOT) -> list[Measure]:
    """Measure many files, largest first."""
    found = [
        measure
        for path in files
        for measure in measures_of(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    ]
    return sorted(found, key=lambda measure: (-measure.size, measure.name))


def past_limits(found: Iterable[Measure]) -> list[str]:
    """A sentence for each thing that is larger than the house allows."""
    return [
        f"{measure.kind} {measure.name}: {measure.size}, limit {measure.limit}"
        for measure in found
        if measure.size > measure.limit
    ]


def growth_table(files: Sequence[Path]) -> list[str]:
    """The ten largest files, functions and classes side by side."""
    found = measures(files)
    columns = [
        [_cell(measure) for measure in found if measure.kind == kind][:SHOWN]
        for kind in ("file", "function", "class")
    ]
    return ["".join(f"{cell:<58}" for cell in row).rstrip() for row in zip_longest(*columns, fillvalue="")]


def _cell(measure: Measure) -> str:
    name = measure.name.removeprefix("src/lianxin/")
    return f"{measure.size:>4} {name if len(name) <= 51 else '…' + name[-50:]}"


def _public_methods(node: ast.ClassDef) -> int:
    return sum(
        isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith("_")
        for item in node.body
    )
