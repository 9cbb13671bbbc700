"""Files that are no sheet, or that were made to harm whoever reads them."""

import io
import random
import zipfile

from tests.registry.sheets.drawing import HEAD, Makers, Rows, package, part, registering, row

MAKERS: Makers = {}
sheet = registering(MAKERS)


@sheet("not_text.csv")
def _not_text() -> bytes:
    return b"\x80\xff" * 500


@sheet("empty.xlsx")
def _nothing() -> bytes:
    return b""


@sheet("empty_sheet.xlsx")
def _blank() -> Rows:
    return []


@sheet("old_format.xls")
def _old() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


@sheet("with_password.xlsx")
def _locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


@sheet("a_picture.xlsx")
def _picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(500)


@sheet("a_page.csv")
def _page() -> bytes:
    return b"<html><table><tr><td>1</td></tr></table></html>"


@sheet("cut_off.xlsx")
def _cut() -> bytes:
    return package({})[:1500]


@sheet("broken_part.xlsx")
def _broken() -> bytes:
    return package({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r='1'><c"})


@sheet("a_plain_zip.xlsx")
def _zip() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as book:
        book.writestr("readme.txt", "no table")
    return whole.getvalue()


@sheet("open_document.ods")
def _ods() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    return whole.getvalue()


@sheet("macro.xlsx")
def _macro() -> bytes:
    return package({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


@sheet("macro_by_type.xlsx")
def _macro_type() -> bytes:
    types = part("[Content_Types].xml").replace("sheet.main+xml", "sheet.macroEnabled.main+xml")
    return package({"[Content_Types].xml": types.replace("spreadsheetml.sheet.macro", "sheet.macro")})


@sheet("external_link.xlsx")
def _links() -> bytes:
    return package({"xl/externalLinks/externalLink1.xml": "<externalLink/>"})


@sheet("embedded_object.xlsx")
def _object() -> bytes:
    return package({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"})


@sheet("entities.xlsx")
def _entities() -> bytes:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><worksheet>&l8;</worksheet>'
    return package({"xl/worksheets/sheet1.xml": doctype})


@sheet("outside_entity.xlsx")
def _outside() -> bytes:
    doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    return package({"xl/sharedStrings.xml": doctype})


@sheet("zip_bomb.xlsx")
def _bomb() -> bytes:
    return package({"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 30_000_000})


@sheet("many_parts.xlsx")
def _parts() -> bytes:
    return package({f"xl/media/{n}.xml": "<x/>" for n in range(300)})


@sheet("path_outside.xlsx")
def _path() -> bytes:
    return package({"../../evil.xml": "<x/>"})


@sheet("huge_dimension.xlsx")
def _dimension() -> bytes:
    cells = '<c r="A1" t="inlineStr"><is><t>x</t></is></c>'
    last = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>y</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    body = f'<worksheet xmlns="{main}"><sheetData><row r="1">{cells}</row>{last}</sheetData></worksheet>'
    return package({"xl/worksheets/sheet1.xml": body})


@sheet("shared_string_bomb.xlsx")
def _strings() -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    noise = random.Random(7)
    long = "".join(noise.choices("abcdefghijklmnopqrstuvwxyz", k=32_000))
    strings = f'<sst xmlns="{main}"><si><t>{long}</t></si></sst>'
    line = "".join('<c t="s"><v>0</v></c>' for _ in range(50))
    body = f'<worksheet xmlns="{main}"><sheetData>{f"<row>{line}</row>" * 1500}</sheetData></worksheet>'
    types = part("[Content_Types].xml")
    return package({"xl/sharedStrings.xml": strings, "xl/worksheets/sheet1.xml": body, "[Content_Types].xml": types})


@sheet("wide.xlsx")
def _wide_table() -> Rows:
    return [[*HEAD, *(f"列{n}" for n in range(140))], row(1)]
