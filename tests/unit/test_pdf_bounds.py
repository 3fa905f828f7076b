"""PDFs that draw more than any transcript are refused before they are drawn."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from kb.errors import InputError
from loaders._delve_pages import open_pdf


def pdf(path: Path, content: bytes, form: bytes = b"", *, packed: bool = False) -> Path:
    """A PDF of one page with this content, and a form named F."""

    def stream(data: bytes, more: bytes = b"") -> bytes:
        if packed:
            data, more = zlib.compress(data, 9), more + b"/Filter/FlateDecode"
        return b"<<%s/Length %d>>stream\n%s\nendstream" % (more, len(data), data)

    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</Font<</A 5 0 R>>/XObject<</F 6 0 R>>>>>>",
        stream(content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        stream(form, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</A 5 0 R>>>>"),
    ]
    out, at = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in at)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


def letters(count: int) -> bytes:
    return b"BT /A 9 Tf 12 TL 50 790 Td " + b"(an ordinary line of text) Tj T* " * (count // 26) + b"ET "


def test_an_ordinary_page_is_read(tmp_path: Path) -> None:
    with open_pdf(pdf(tmp_path / "a.pdf", letters(5000) + b"/F Do", letters(2000), packed=True)) as file:
        assert len(file.page(1).glyphs) > 5500


@pytest.mark.parametrize(
    ("content", "form"),
    [
        pytest.param(letters(3_600_000), b"", id="letters"),
        pytest.param(b"q\n" * 2_000_000, b"", id="operators"),
        pytest.param(b"/F Do\n" * 20_000, letters(20_000), id="one form often"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_flood_is_refused(tmp_path: Path, content: bytes, form: bytes, packed: bool) -> None:
    with (
        open_pdf(pdf(tmp_path / "a.pdf", content, form, packed=packed)) as file,
        pytest.raises(InputError, match=r"256 kB on this page.*3 MB on all"),
    ):
        file.page(1)
