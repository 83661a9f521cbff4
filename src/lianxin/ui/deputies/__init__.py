"""The page 代表: the roster with its filters, and each deputy's mandates, groups and work beside it."""

from lianxin.ui.deputies.page import DeputiesPage

__all__ = ["DeputiesPage"]
