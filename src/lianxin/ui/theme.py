"""How the window looks: colours, type, sizes and the one style sheet, at 100, 125 or 150 % (大字)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from lianxin.installed import resource_dir
from lianxin.ui.stylesheet import style_sheet

BASE_PX = 14
"""Size of ordinary type at 100 %, in logical pixels; every other size is a multiple of it."""

SCALES = (1.0, 1.25, 1.5)
"""What the setting 大字 offers."""

FAMILIES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "思源黑体",
    "思源黑体 CN",
)


@dataclass(frozen=True)
class Colours:
    """Every colour the window uses, as #RRGGBB. Meaning first: a piece asks for `late`, never for a red."""

    brand: str = "#B3202A"
    brand_down: str = "#8F1820"
    on_brand: str = "#FFFFFF"
    ground: str = "#F4F6F8"
    card: str = "#FFFFFF"
    head: str = "#F8FAFB"
    line: str = "#DDE2E8"
    line_strong: str = "#B4BDC8"
    ink: str = "#1C232B"
    ink_soft: str = "#525D69"
    ink_off: str = "#8A939D"
    current: str = "#EEF2F6"
    current_line: str = "#4A6785"
    hover: str = "#F3F6F9"
    focus: str = "#2B6CB0"
    late: str = "#8A1C22"
    on_late: str = "#FFFFFF"
    soon: str = "#F6D58A"
    on_soon: str = "#463000"
    done: str = "#4B5560"
    good: str = "#2E6B34"
    link: str = "#1F5A96"
    bar: str = "#A9BBCD"
    bar_now: str = "#42607F"


CALM = Colours()


def prepare_high_dpi() -> None:
    """Let Qt draw at the screen's own scale (125, 150 %). Call before the application object is made."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough,
    )


def make_application(arguments: Sequence[str], *, scale: float = 1.0) -> QApplication:
    """The application object with our looks and Qt's own words in Chinese."""
    prepare_high_dpi()
    application = QApplication(list(arguments))
    application.setApplicationName("lianxin")
    application.setApplicationDisplayName("连心")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    apply_theme(application, scale=scale)
    application.setWindowIcon(QIcon(str(resource_dir() / "icon" / "lianxin.png")))
    return application


def named_in_sheet(colours: Colours) -> dict[str, str]:
    """What the style sheet calls by name: colours, and the letters of the application."""
    return {**vars(colours), "families": ", ".join(f'"{name}"' for name in FAMILIES)}


def apply_theme(application: QApplication, *, scale: float = 1.0) -> None:
    """Set font and palette; may be called again when the setting 大字 changes, before the windows are made anew."""
    if application.style().name() != "fusion":
        application.setStyle("Fusion")
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(round(BASE_PX * scale))
    application.setFont(font)
    if not high_contrast():
        application.styleHints().setColorScheme(Qt.ColorScheme.Light)
        application.setPalette(_calm_palette(CALM))


def dress(window: QWidget) -> None:
    """Lay the style sheet on a window: all that is in it or opened from it is drawn with it.

    Not on the application: there Qt goes through everything inside a part whenever the part is put into another
    one, which made the building of a page three times as long.
    """
    window.setStyleSheet(style_sheet(named_in_sheet(colours()), scale()))


def high_contrast() -> bool:
    """Whether the person asked the system for more contrast; then the system's own colours are used."""
    hints = QGuiApplication.styleHints()
    wish = hints.accessibility().contrastPreference()
    return wish == Qt.ContrastPreference.HighContrast


def colours() -> Colours:
    """The colours to draw with now."""
    return contrast_colours(QGuiApplication.palette()) if high_contrast() else CALM


def contrast_colours(palette: QPalette) -> Colours:
    """The system's colours in our roles: only what the person chose, nothing told by a shade."""

    def of(role: QPalette.ColorRole) -> str:
        return palette.color(role).name()

    role = QPalette.ColorRole
    ink, ground = of(role.WindowText), of(role.Window)
    chosen, on_chosen = of(role.Highlight), of(role.HighlightedText)
    return Colours(
        brand=chosen, brand_down=chosen, on_brand=on_chosen,
        ground=ground, card=of(role.Base), head=ground, line=ink, line_strong=ink,
        ink=ink, ink_soft=ink, ink_off=of(role.PlaceholderText),
        current=ground, current_line=chosen, hover=ground, focus=chosen,
        late=ink, on_late=ground, soon=ground, on_soon=ink,
        done=ink, good=ink, link=of(role.Link), bar=ink, bar_now=chosen,
    )  # fmt: skip


def scale() -> float:
    """The present factor of 大字."""
    return _nearest(QApplication.font().pixelSize())


@lru_cache(maxsize=16)
def _nearest(pixels: int) -> float:
    # A page asks a thousand times while it is made.
    return min(SCALES, key=lambda known: abs(known - pixels / BASE_PX))


def px(size: float) -> int:
    """A length given for 100 %, in logical pixels at the present 大字 factor."""
    return round(size * scale())


def row_height() -> int:
    """Height of a list row: never under 36."""
    return max(36, px(38))


def colour(value: str) -> QColor:
    """A Qt colour of one of our #RRGGBB texts."""
    return QColor(value)


def _calm_palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(colours.card), QColor(colours.ground))
    for place, value in (
        (role.Window, colours.ground),
        (role.WindowText, colours.ink),
        (role.Base, colours.card),
        (role.AlternateBase, colours.head),
        (role.Text, colours.ink),
        (role.Button, colours.card),
        (role.ButtonText, colours.ink),
        (role.Highlight, "#CFE0F1"),
        (role.HighlightedText, colours.ink),
        (role.PlaceholderText, "#6E7883"),
        (role.ToolTipBase, "#FFFFFF"),
        (role.ToolTipText, colours.ink),
        (role.Link, colours.link),
        (role.Mid, colours.line_strong),
        (role.Light, colours.card),
        (role.Dark, colours.line_strong),
    ):
        palette.setColor(place, QColor(value))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, QColor(colours.ink_off))
    return palette
