"""导入: a paper ledger comes in, seen before it is taken in."""

from lianxin.ui.importing.import_page import ImportPage

__all__ = ["ImportPage"]
