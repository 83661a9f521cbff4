"""The type area of GB/T 9704-2012 (5.2): paper, margins, lines and characters; twips unless said otherwise."""

from __future__ import annotations

POINTS_A_MM, TYPE_WIDTH_MM = 72 / 25.4, 156.0
LINES_A_PAGE, CHARACTERS_A_LINE = 22, 28
LINE_TWIPS = 579
"""28.95 pt: 22 lines are 636.9 pt of the 637.8 pt (225 mm) of the type area; 29 pt would be too much."""
LINE_POINTS = LINE_TWIPS / 20
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 2098, 1984, 1588, 1474
PAGE_POINTS = 637.8
"""The type area is 225 mm high."""
