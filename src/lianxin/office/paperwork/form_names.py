"""The names that the cells of each form have in a template; a test compares them with the forms themselves.

They stand in a table, so that what prints a form need not know how an empty one of every other kind is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from lianxin.domain.records import AspectName
from lianxin.domain.report_aspects import aspects_of
from lianxin.installed import resource_dir
from lianxin.store.reading import Reading

if TYPE_CHECKING:
    from lianxin.documents.templates.filling import Values

REPORT_FORM = "report-form"
"""Its aspects are named by the office."""


def cells_of(reading: Reading, paper: str) -> Values:
    """Names of cells, of lists with their columns, and of the places of lines; none for what is no form."""
    if paper == REPORT_FORM:
        from lianxin.documents.forms.report_form import ReportSheet, report_form_docx
        from lianxin.documents.templates.own_template import cell_names

        aspects = tuple((each.name, "") for each in aspects_of(reading.all(AspectName)))
        return cell_names(report_form_docx([ReportSheet(aspects)], office_name=""))
    return values_of(_names().get(paper, ()))


def values_of(names: Iterable[str]) -> Values:
    """接待时间, 表1.姓名, 表1.签名 as values without words: a dot tells a list and its column."""
    values: dict[str, str | list[dict[str, str]]] = {}
    for name in names:
        listed, dot, column = name.partition(".")
        if not dot:
            values[name] = ""
            continue
        items = values.setdefault(listed, [{}])
        assert not isinstance(items, str)
        items[0][column] = ""
    return values


@cache
def _names() -> Mapping[str, Sequence[str]]:
    """Paper → its names, from lines of a paper and one of its names."""
    found: dict[str, list[str]] = {}
    for line in (resource_dir() / "forms" / "cells.tsv").read_text("utf-8").splitlines():
        paper, name = line.split("\t")
        found.setdefault(paper, []).append(name)
    return found
