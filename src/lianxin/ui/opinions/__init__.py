"""The page 意见建议办理: its list with filters, the chosen matter beside it, and the acts on it."""

from lianxin.ui.opinions.page import OpinionsPage

__all__ = ["OpinionsPage"]
