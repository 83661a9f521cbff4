"""The page 代表: the roster, each deputy's file, scores, their rules, honours, and the change of terms."""

from lianxin.ui.deputies.desk_page import DEPUTY_KINDS, DeputiesDesk
from lianxin.ui.deputies.page import DeputiesPage

__all__ = ["DEPUTY_KINDS", "DeputiesDesk", "DeputiesPage"]
