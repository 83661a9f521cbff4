"""统计: figures that explain themselves."""

from lianxin.ui.figures.figures_page import FiguresPage

__all__ = ["FiguresPage"]
