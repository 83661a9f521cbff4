"""Native Excel charts: bars over cells of the same workbook, so that figures and picture never part.

DrawingML charts and spreadsheet drawings, ECMA-376 part 1, chapters 20.5 and 21.2; only plain bars are written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from lianxin.documents.word.package import printable

_BARS = ("44546A", "A9B7C6")
"""Dark and light, told apart in grey print too."""
_GRAY = "595959"


@dataclass(frozen=True)
class Series:
    """One colour of bars: the cells of its names and values (`'图'!$B$3:$B$14`), and what stands in them."""

    name: str
    names_at: str
    names: tuple[str, ...]
    values_at: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """Bars standing, or `lying` for long names; `top` and `left` are the first row and column, from 0."""

    title: str
    series: tuple[Series, ...]
    top: int
    left: int
    rows: int
    columns: int
    lying: bool = False


def chart_xml(chart: Chart) -> str:
    """One part xl/charts/chartN.xml; values are kept in it, so that viewers without a calculator show it too."""
    direction = "bar" if chart.lying else "col"
    bars = "".join(_series_xml(each, at) for at, each in enumerate(chart.series))
    # Lying bars begin at the bottom: turned round they read like the table beside them.
    order = "maxMin" if chart.lying else "minMax"
    crosses = "max" if chart.lying else "autoZero"
    legend = (
        '<c:legend><c:legendPos val="b"/><c:overlay val="0"/></c:legend>' if len(chart.series) > 1 else ""
    )
    return (
        f'{_XML}<c:chartSpace xmlns:c="{_CHART}" xmlns:a="{_DRAW}" xmlns:r="{_RELATION}"><c:roundedCorners val="0"/>'
        f"<c:chart><c:title><c:tx><c:rich><a:bodyPr/><a:p><a:pPr>{_font(1200, bold=True)}</a:pPr>"
        f'<a:r><a:rPr lang="zh-CN" sz="1200" b="1"/><a:t>{_said(chart.title)}</a:t></a:r></a:p></c:rich></c:tx>'
        '<c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/><c:plotArea><c:layout/><c:barChart>'
        f'<c:barDir val="{direction}"/><c:grouping val="clustered"/><c:varyColors val="0"/>{bars}'
        '<c:gapWidth val="60"/><c:axId val="111"/><c:axId val="222"/></c:barChart>'
        f'<c:catAx><c:axId val="111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"l" if chart.lying else "b"}"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/>{_text(900)}<c:crossAx val="222"/><c:crosses val="autoZero"/></c:catAx>'
        '<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/><c:min val="0"/></c:scaling>'
        f'<c:delete val="1"/><c:axPos val="{"b" if chart.lying else "l"}"/><c:numFmt formatCode="0"'
        ' sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="nextTo"/><c:crossAx val="111"/><c:crosses val="{crosses}"/></c:valAx></c:plotArea>'
        f'{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart></c:chartSpace>'
    )


def drawing_xml(charts: Sequence[Chart]) -> str:
    """The part that places the charts of one sheet; the n-th is its relation rIdn."""
    placed = "".join(_anchor_xml(chart, at) for at, chart in enumerate(charts, 1))
    return f'{_XML}<xdr:wsDr xmlns:xdr="{_SHEET_DRAW}" xmlns:a="{_DRAW}">{placed}</xdr:wsDr>'


def _anchor_xml(chart: Chart, at: int) -> str:
    start, end = (chart.left, chart.top), (chart.left + chart.columns, chart.top + chart.rows)
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, (column, row) in (("from", start), ("to", end))
    )
    words = escape(printable(chart.title), {'"': "&quot;"})
    return (
        f'<xdr:twoCellAnchor>{corners}<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr>'
        f'<xdr:cNvPr id="{at + 1}" name="图{at}" descr="{words}"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
        '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic>'
        f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" xmlns:r="{_RELATION}" r:id="rId{at}"/>'
        "</a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor>"
    )


def _series_xml(series: Series, at: int) -> str:
    fill = f'<a:solidFill><a:srgbClr val="{_BARS[at % len(_BARS)]}"/></a:solidFill>'
    names = "".join(_point(place, word) for place, word in enumerate(series.names))
    values = "".join(_point(place, str(value)) for place, value in enumerate(series.values))
    shown = "".join(
        f'<c:{name} val="0"/>' for name in ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    )
    return (
        f'<c:ser><c:idx val="{at}"/><c:order val="{at}"/><c:tx><c:v>{_said(series.name)}</c:v></c:tx>'
        f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/><c:dLbls>{_text(900)}'
        f'<c:showLegendKey val="0"/><c:showVal val="1"/>{shown}</c:dLbls>'
        f"<c:cat><c:strRef><c:f>{_said(series.names_at)}</c:f><c:strCache>"
        f'<c:ptCount val="{len(series.names)}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{_said(series.values_at)}</c:f><c:numCache><c:formatCode>0</c:formatCode>"
        f'<c:ptCount val="{len(series.values)}"/>{values}</c:numCache></c:numRef></c:val></c:ser>'
    )


def _point(place: int, word: str) -> str:
    return f'<c:pt idx="{place}"><c:v>{_said(word)}</c:v></c:pt>'


def _text(size: int) -> str:
    return f'<c:txPr><a:bodyPr/><a:p><a:pPr>{_font(size)}</a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _font(size: int, *, bold: bool = False) -> str:
    weight = int(bold)
    fill = f'<a:solidFill><a:srgbClr val="{_GRAY}"/></a:solidFill>'
    return f'<a:defRPr sz="{size}" b="{weight}">{fill}</a:defRPr>'


def _said(text: str) -> str:
    return escape(printable(text))


_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SHEET_DRAW = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
