"""A hundred ways and more to change a signed file, its time stamps and what it keeps."""

import re
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from tests.engines.signing import issued, once, root, signed, twice, unsigned
from tests.engines.stamping import archived, authority_of, kept, stamped, stamped_over, stamper

CONTENTS = re.compile(rb"/Contents <([0-9A-Fa-f]+)>")
RANGE = re.compile(rb"/ByteRange \[([\d ]+)\]")


def flipped(content, at, bit=1):
    """The same file with one bit another."""
    changed = bytearray(content)
    changed[at] ^= bit
    return bytes(changed)


def span(content):
    """Where the container of the first signature begins and ends."""
    return CONTENTS.search(content).span(1)


def flips(content, count, name="bit"):
    """One bit changed, here and there, in what is signed."""
    start, end = span(content)
    signed_bytes = [n for n in range(len(content)) if not start - 1 <= n <= end]
    step = len(signed_bytes) // count
    for n in range(count):
        yield f"{name} {n}", flipped(content, signed_bytes[n * step], 1 << n % 7)


def in_container(content):
    """The container of the signature itself changed."""
    start, end = span(content)
    for n in range(8):
        at = start + 8 + n * 350
        sign = content[at : at + 1]
        yield f"container {n}", content[:at] + (b"A" if sign != b"A" else b"B") + content[at + 1 :]
    yield "something behind the signature", content[: end - 4] + b"beef" + content[end:]
    yield "emptied", content[:start] + b"0" * (end - start) + content[end:]
    other = signed(unsigned(3))
    begin, finish = span(other)
    taken = other[begin:finish].ljust(end - start, b"0")[: end - start]
    yield "of another file", content[:start] + taken + content[end:]


def cut(content):
    for n in range(1, 11):
        yield f"cut {n}", content[: len(content) - n * len(content) // 12]
    yield "cut by a byte", content[:-1]


def lengthened(content):
    tails = [
        b"\n",
        b" ",
        b"\0",
        b"%%EOF",
        b"\n%%EOF\n",
        b"% nothing\n",
        b"x" * 5000,
        b"%PDF-1.7\n",
    ]
    for n, tail in enumerate([*tails, content, unsigned()]):
        yield f"tail {n}", content + tail


def ranged(content):
    """The signature says that it covers something else."""
    found = RANGE.search(content)
    first, length, second, rest = found[1].split()
    told = {
        "skips the first byte": (b"1", b"%d" % (int(length) - 1), second, rest),
        "ends early": (first, length, second, b"%d" % (int(rest) - 1)),
        "leaves a hole": (first, b"%d" % (int(length) - 9), second, rest),
        "begins late": (first, length, b"%d" % (int(second) + 9), b"%d" % (int(rest) - 9)),
        "covers nothing": (first, b"0", second, b"0"),
    }
    for name, four in told.items():
        numbers = b" ".join(four).ljust(len(found[1]))[: len(found[1])]
        yield name, content[: found.start(1)] + numbers + content[found.end(1) :]


def updated(content, change):
    """A file to which a later revision was added."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _pages(writer):
    return writer.root["/Pages"]


def swap(writer):
    kids = _pages(writer)["/Kids"]
    turned = [kids.raw_get(n) for n in reversed(range(len(kids)))]
    for n, page in enumerate(turned):
        kids[n] = page
    writer.update_container(kids)


def drop(writer):
    pages = _pages(writer)
    del pages["/Kids"][0]
    pages["/Count"] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def _page(writer):
    return _pages(writer)["/Kids"][0].get_object()


def overwrite(writer):
    page = _page(writer)
    stream = generic.StreamObject(stream_data=b"0 0 m 100 100 l S")
    page["/Contents"] = writer.add_object(stream)
    writer.update_container(page)


def annotate(writer):
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 500, 500))),
            pdf_name("/Contents"): pdf_string("twice as much"),
        }
    )
    page = _page(writer)
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def run(writer):
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    writer.root["/OpenAction"] = writer.add_object(generic.DictionaryObject(script))
    writer.update_root()


def turn(writer):
    page = _page(writer)
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)


def crop(writer):
    page = _page(writer)
    page["/CropBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 10, 10)))
    writer.update_container(page)


def ask(writer):
    field = generic.DictionaryObject(
        {
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string("amount"),
            pdf_name("/V"): pdf_string("1,000,000"),
        }
    )
    form = writer.root["/AcroForm"]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])


def unsign(writer):
    form = writer.root["/AcroForm"]
    form["/Fields"].clear()
    writer.update_container(form["/Fields"])


def relabel(writer):
    writer.root["/Lang"] = pdf_string("xx")
    writer.update_root()


def _hidden(writer):
    """A page that was in the file before anybody signed, and that nobody was shown."""
    page = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 9, 9))),
            pdf_name("/Contents"): writer.add_object(generic.StreamObject(stream_data=b"0 g")),
        }
    )
    return writer.add_object(page)


def show(writer):
    """Shadow attack, hide and replace: the tree of pages leads to what nobody was shown."""
    pages = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Pages"),
            pdf_name("/Kids"): generic.ArrayObject([_hidden(writer)]),
            pdf_name("/Count"): generic.NumberObject(1),
        }
    )
    writer.root["/Pages"] = writer.add_object(pages)
    writer.update_root()


def refont(writer):
    """Shadow attack, replace: the same words are drawn with other letters."""
    page = _page(writer)
    page["/Resources"] = generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject()})
    writer.update_container(page)


def restore(writer):
    """The store of what is kept (DSS) is emptied."""
    writer.root["/DSS"] = writer.add_object(generic.DictionaryObject())
    writer.update_root()


def stow(writer):
    """Something that is no certificate is put into the store."""
    stream = writer.add_object(generic.StreamObject(stream_data=b"no certificate"))
    store = generic.DictionaryObject({pdf_name("/Certs"): generic.ArrayObject([stream])})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()


UPDATES = (swap, drop, overwrite, annotate, run, turn, crop, ask, unsign, relabel)
SHADOWS = (show, refont)
STORES = (restore, stow)


def in_stamps():
    """The token of a time stamp changed, in a signature or over the file, bit by bit."""
    for name, content, which in (("stamp", stamped(), 0), ("archive stamp", archived(), 1)):
        start, end = list(CONTENTS.finditer(content))[which].span(1)
        token = bytes.fromhex(content[start:end].decode()).rstrip(b"\0")
        begin = token.find(bytes.fromhex("060b2a864886f70d0109100104")) if which else 0
        begin = max(begin, len(token) // 2 if not which else 0)
        for n in range(12):
            at = start + 2 * (begin + n * (len(token) - begin) // 12) + 1
            sign = int(content[at : at + 1], 16) ^ 1
            new = (b"%x" if content[start:end].islower() else b"%X") % sign
            yield f"{name} {n}", content[:at] + new + content[at + 1 :]


def stamped_after():
    """Changed, and then stamped by an authority that is trusted, so that all of it is covered."""
    for change in (*UPDATES, *SHADOWS):
        yield f"{change.__name__}, then stamped", stamped_over(updated(once(), change))
    for change in STORES:
        yield f"{change.__name__} what is kept", updated(archived(), change)
        yield f"{change.__name__} what is kept apart", updated(kept(), change)
    stranger = stamper(authority_of(issued("Raiz falsa", ca=True)))
    yield "stamped by a stranger", signed(stamper=stranger)
    yield "stamped over by a stranger", stamped_over(once(), stranger)
    yield (
        "stamped by who stamps no times",
        signed(stamper=stamper(issued("X", root(), is_rsa=True))),
    )


def tampered():
    """Each way with its name."""
    yield from flips(once(), 34)
    yield from in_container(once())
    yield from cut(once())
    yield from lengthened(once())
    yield from ranged(once())
    for change in UPDATES:
        yield f"{change.__name__} after one", updated(once(), change)
        yield f"{change.__name__} after two", updated(twice(), change)
    yield from flips(twice(), 12, "bit of two")
    for change in SHADOWS:
        yield f"{change.__name__} after one", updated(once(), change)
        yield f"{change.__name__} after two", updated(twice(), change)
    yield from in_stamps()
    yield from flips(archived(), 20, "bit of what is kept")
    yield from stamped_after()
    yield "signed by a stranger", signed(identity=issued("MARIA DE EXEMPLO:12345678900"))
