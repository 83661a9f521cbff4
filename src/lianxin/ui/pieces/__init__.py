"""Small pieces every page is put together from."""

from lianxin.ui.pieces.act_flow import ActFlow
from lianxin.ui.pieces.badge import Badge, Tone, paint_badge, tone_of
from lianxin.ui.pieces.bars import Bar, BarChart
from lianxin.ui.pieces.buttons import Act, act_button, button, label, repolish, set_look
from lianxin.ui.pieces.card import Card, NumberCard
from lianxin.ui.pieces.chip_filter import ChipFilter
from lianxin.ui.pieces.chips import ChipRow, Choice
from lianxin.ui.pieces.combo import FilterCombo, QuietCombo
from lianxin.ui.pieces.elided import ElidedLabel
from lianxin.ui.pieces.faces import EmptyState
from lianxin.ui.pieces.flow import FlowLayout
from lianxin.ui.pieces.line_section import LineSection
from lianxin.ui.pieces.picklist import Pick, PickList
from lianxin.ui.pieces.quietbar import QuietBar
from lianxin.ui.pieces.scroll_card import ScrollCard
from lianxin.ui.pieces.steps import FIVE_STEPS, Step, StepLine
from lianxin.ui.pieces.two_panes import TwoPanes

__all__ = [
    "FIVE_STEPS",
    "Act",
    "ActFlow",
    "Badge",
    "Bar",
    "BarChart",
    "Card",
    "ChipFilter",
    "ChipRow",
    "Choice",
    "ElidedLabel",
    "EmptyState",
    "FilterCombo",
    "FlowLayout",
    "LineSection",
    "NumberCard",
    "Pick",
    "PickList",
    "QuietBar",
    "QuietCombo",
    "ScrollCard",
    "Step",
    "StepLine",
    "Tone",
    "TwoPanes",
    "act_button",
    "button",
    "label",
    "paint_badge",
    "repolish",
    "set_look",
    "tone_of",
]
