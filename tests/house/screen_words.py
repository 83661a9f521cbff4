"""Every word the program may show: the text constants of the source, and the labels of records, papers and rules."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def screen_words() -> str:
    """All text constants of the program but its docstrings, one a line."""
    found: set[str] = set()
    for path in sorted((ROOT / "src" / "lianxin").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        skipped = _docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in skipped:
                found.add(node.value)
    resources = sorted((ROOT / "resources").rglob("*.json"))
    return "\n".join([*sorted(found), *(path.read_text("utf-8") for path in resources)])


def _docstrings(tree: ast.Module) -> set[ast.Constant]:
    found: set[ast.Constant] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) or not node.body:
            continue
        first = node.body[0]
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            found.add(first.value)
    return found
