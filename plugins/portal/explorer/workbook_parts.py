"""The frame of the workbook that a browser fills with the rows a reader downloads: one sheet, and what it needs.

What stands {in braces} the browser fills in. Styles: none, heading, whole number, fraction, day.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from ..sheet_names import LONGEST_NAME, NOT_IN_NAMES

OFFICE = "http://schemas.openxmlformats.org"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"


def workbook_parts(title: str, otherwise: str) -> dict[str, str]:
    """Path -> XML of each part. The sheet is called by the title, or `otherwise` where nothing of it may be a name.

    They stand where workbooks mostly have them: some programs look nowhere else.
    """
    sheet = f"{OFFICE}/spreadsheetml/2006/main"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    name = title.translate(NOT_IN_NAMES).strip("' ")[:LONGEST_NAME].strip("' ") or otherwise
    quoted = escape("'{}'".format(name.replace("'", "''")))
    parts = {
        "[Content_Types].xml": f'''<Types xmlns="{OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>
<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>
</Types>''',
        "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": _relations(
            ("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")
        ),
        "xl/workbook.xml": f'''<workbook xmlns="{sheet}" xmlns:r="{RELATIONS}">
<bookViews><workbookView/></bookViews>
<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="r1"/></sheets>
<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{quoted}!{{filtered}}</definedName>
</definedNames>
</workbook>''',
        "xl/styles.xml": f'''<styleSheet xmlns="{sheet}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0"/><numFmt numFmtId="165" formatCode="#,##0.######"/>
<numFmt numFmtId="166" formatCode="yyyy-mm-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border/><border><left/><right/><top/><bottom style="thin"/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" borderId="1" applyFont="1" applyBorder="1"/>
<xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/>
<xf xfId="0" numFmtId="166" applyNumberFormat="1"/></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>''',
        "xl/sharedStrings.xml": f'<sst xmlns="{sheet}">{{strings}}</sst>',
        "xl/worksheets/sheet1.xml": f'''<worksheet xmlns="{sheet}">
<sheetViews><sheetView workbookViewId="0">
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>
</sheetView></sheetViews>
<cols>{{widths}}</cols><sheetData>{{rows}}</sheetData><autoFilter ref="{{filter}}"/>
</worksheet>''',
    }
    return {path: f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}\n' for path, xml in parts.items()}


def _relations(*targets: tuple[str, str]) -> str:
    """The parts that a part refers to, as r1, r2, …"""
    listed = "".join(
        f'\n<Relationship Id="r{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{listed}\n</Relationships>'
