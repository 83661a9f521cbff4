"""Where the ink of Chinese characters lies in a line of exact pitch; the standard measures from ink to ink.

Programs set the base line of an exact line at four fifths of its pitch or centre the characters in it; with a pitch of
`TIGHT` sizes both come to the same, so what is measured is set in such lines. The shares are those of the faces that
stand in for 小标宋 and 仿宋; the ink of one of the standard's own cuts differs by less than a fiftieth of its size.
"""

from __future__ import annotations

TIGHT = 1.2
_BASE_LINE = 0.8
_ABOVE, _BELOW = 0.82, 0.09
"""Shares of the size above and below the base line."""


def ink_top(pitch: float, size: float) -> float:
    """Points from the top of a line to the upper edge of its characters."""
    return _BASE_LINE * pitch - _ABOVE * size


def ink_bottom(pitch: float, size: float) -> float:
    """Points from the top of a line to the lower edge of its characters."""
    return _BASE_LINE * pitch + _BELOW * size


def below_ink(pitch: float, size: float) -> float:
    """Points from the lower edge of the characters to the end of their line."""
    return pitch - ink_bottom(pitch, size)


def ink_height(size: float) -> float:
    """Points from the upper to the lower edge of characters."""
    return (_ABOVE + _BELOW) * size
