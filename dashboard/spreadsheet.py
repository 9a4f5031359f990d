"""A table as an XLSX workbook of one sheet: a DataFrame goes in, the bytes of the file come out."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from xml.sax.saxutils import escape

import pandas as pd

from dashboard.i18n import strip_bidi

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_SHEET}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="Mawaqif" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def to_xlsx(table: pd.DataFrame, *, right_to_left: bool = False) -> bytes:
    """A workbook whose text cells are text, so that no formula runs; the sheet opens right to left where asked."""
    lines = [list(table.columns), *table.itertuples(index=False)]
    rows = "".join(f"<row>{''.join(_cell(value) for value in line)}</row>" for line in lines)
    view = f'<sheetViews><sheetView workbookViewId="0" rightToLeft="{int(right_to_left)}"/></sheetViews>'
    sheet = f'<worksheet xmlns="{_MAIN}">{view}<sheetData>{rows}</sheetData></worksheet>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        for name, part in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            book.writestr(name, _HEAD + part)
    return packed.getvalue()


def _cell(value: Any) -> str:
    if value is None or pd.isna(value):
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value}</v></c>"
    text = value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
    printable = "".join(letter for letter in strip_bidi(text) if letter in "\t\n" or letter >= " ")
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(printable)}</t></is></c>'
