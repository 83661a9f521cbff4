"""The page 代表议案建议: what deputies propose, looked at three times, handled by first and further units."""

from lianxin.ui.suggestions.page import SuggestionsPage

__all__ = ["SuggestionsPage"]
