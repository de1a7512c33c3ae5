"""The documents of calls and events: a PDF that only shows pages, or a link."""

import io
import re
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from news.models import CallDocument
from tests.admin_forms import added, errors, save
from tests.factories import CallDocumentFactory, CallFactory, EventFactory

SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
RUNS = "Ce PDF contient un script ou une action automatique"
OPAQUE = "Ce PDF ne peut pas être vérifié"


def pdf(*objects):
    """A real PDF of one page, with these objects put before its end."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "steelblue").save(buffer, "PDF")
    numbered = [
        b"%d 0 obj\n%s\nendobj\n" % (n, o) for n, o in enumerate(objects, start=90)
    ]
    before, mark, end = buffer.getvalue().rpartition(b"xref\n0")
    return before + b"".join(numbered) + mark + end


def stream(content, said=b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode"):
    """A compressed stream."""
    packed = zlib.compress(content)
    head = b"<<%s/Length %d>>" % (said, len(packed))
    return head + b"stream\r\n" + packed + b"\nendstream"


def objects(content, said=b"/Type/ObjStm/N 1/First 5/Filter/FlateDecode"):
    """A compressed stream of one object."""
    return stream(b"6 0  " + content, said)


def upload(content, name="reglement.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def sent(client, row, content, name="reglement.pdf"):
    """The page that answers when a document is sent."""
    new = added("documents", 0, title="Règlement", file=upload(content, name))
    return save(client, row, new)


@pytest.mark.parametrize("make", [CallFactory, EventFactory])
def test_a_pdf_is_kept_under_a_name_of_ours(make, staff_client, settings):
    row, content = make(), pdf()

    response = sent(staff_client, row, content, "Mon règlement (v2).PDF")

    document = row.documents.get()
    assert response.status_code == 302
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.pdf", document.file.name)
    assert Path(document.file.path).read_bytes() == content


@pytest.mark.parametrize(
    "content",
    [
        pdf(b"<</Type/Catalog/OpenAction[3 0 R/Fit]>>"),
        pdf(b"<</Type/Catalog/OpenAction [ 1 0 R /XYZ null null 0 ] >>"),
        pdf(objects(b"<</Type/Catalog/OpenAction [ 1 0 R /Fit ]>>")),
        pdf(b"<</S/URI/URI(https://essai.example/Launch/JavaScript/)>>"),
        pdf(stream(b"BT (Le JavaScript et nous) Tj ET", b"/Filter/FlateDecode")),
        pdf(stream(b"\x00" * 90, b"/Filter/FlateDecode/DecodeParms<</Predictor 12>>")),
    ],
)
def test_what_only_shows_pages_is_accepted(content, staff_client):
    assert sent(staff_client, CallFactory(), content).status_code == 302


REFUSED = [
    ("x.svg", b"<svg onload='x()'/>", "Document accepté\u00a0: un fichier PDF"),
    ("x.docx", pdf(), "Document accepté"),
    ("x.pdf", b"<script>alert(1)</script>", "Ce fichier n’est pas un PDF"),
    ("x.pdf", pdf()[:-700], "Ce fichier n’est pas un PDF, ou il est abîmé"),
    ("x.pdf", b"PK" + pdf(), "Ce fichier n’est pas un PDF"),
    ("x.pdf", pdf() + b"0" * 10 * 1024 * 1024, "Document trop lourd\u00a0: 10 Mo"),
    ("x.pdf", pdf(SCRIPT), RUNS),
    ("x.pdf", pdf(b"<< /S /JavaScript /JS 7 0 R >>"), RUNS),
    ("x.pdf", pdf(b"<</S/Java#53cript/JS(x)>>"), RUNS),
    ("x.pdf", pdf(b"<</S 7 0 R>>", b"/JavaScript"), RUNS),
    ("x.pdf", pdf(b"<</Names<</JavaScript 9 0 R>>>>"), RUNS),
    ("x.pdf", pdf(b"<</Type/Catalog/OpenAction 9 0 R>>"), RUNS),
    ("x.pdf", pdf(b"<</Type/Catalog/OpenAction<</S/URI>>>>"), RUNS),
    ("x.pdf", pdf(b"<</Type/Catalog/#4fpenAction 9 0 R>>"), RUNS),
    ("x.pdf", pdf(b"<</S/Launch/F(cmd.exe)>>"), RUNS),
    ("x.pdf", pdf(objects(SCRIPT)), RUNS),
    ("x.pdf", pdf(objects(b" " * 3_000_000 + SCRIPT)), RUNS),
    ("x.pdf", pdf(objects(b"<</S/J#61vaScript>>")), RUNS),
    ("x.pdf", pdf(b"stream\n", objects(SCRIPT), b"endstream"), RUNS),
    ("x.pdf", pdf(b"<</Encrypt 9 0 R>>"), "Ce PDF est protégé"),
    ("x.pdf", pdf(objects(SCRIPT, b"/Type/ObjStm/Filter/LZWDecode")), OPAQUE),
    (
        "x.pdf",
        pdf(objects(b"", b"/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]")),
        OPAQUE,
    ),
    ("x.pdf", pdf(objects(b"", b"/Type/ObjStm/Filter 7 0 R")), OPAQUE),
    (
        "x.pdf",
        pdf(objects(b"", b"/Type/Obj#53tm/Filter/FlateDecode/Predictor 12")),
        OPAQUE,
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "message"), REFUSED, ids=range(len(REFUSED))
)
def test_what_could_do_something_is_refused_on_its_field_and_the_form_is_kept(
    name, content, message, staff_client, settings
):
    call = CallFactory()

    response = sent(staff_client, call, content, name)

    (form,) = response.context["inline_admin_formsets"][0].formset.forms
    assert set(form.errors) == {"file"}
    assert message in form.errors["file"][0]
    assert form["title"].value() == "Règlement"
    assert not CallDocument.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_what_unpacks_without_end_is_refused_before_its_end(staff_client, monkeypatch):
    monkeypatch.setattr("news.pdf.MOST_UNPACKED", 1024 * 1024)

    response = sent(staff_client, CallFactory(), pdf(stream(bytes(9 * 1024 * 1024))))

    assert "trop compressé" in errors(response)[0]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({}, "Envoyez un fichier, ou donnez une adresse"),
        ({"url": "javascript:alert(1)"}, "Saisissez une URL valide."),
        ({"url": "https://x.example/a.pdf", "file": "pdf"}, "l’un des deux"),
    ],
)
def test_a_document_is_a_file_or_a_link(typed, message, staff_client):
    typed = {k: upload(pdf()) if k == "file" else v for k, v in typed.items()}

    response = save(
        staff_client, CallFactory(), added("documents", 0, title="Règlement", **typed)
    )

    assert message in " ".join(errors(response))


def test_a_file_goes_with_its_document(
    staff_client, settings, django_capture_on_commit_callbacks
):
    call = CallFactory()
    sent(staff_client, call, pdf())

    with django_capture_on_commit_callbacks(execute=True):
        call.delete()

    assert not list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))


def test_a_document_leads_to_its_file_or_its_address(staff_client):
    call = CallFactory()
    sent(staff_client, call, pdf())
    link = CallDocumentFactory(url="https://x.example/a.pdf")

    assert call.documents.get().address.startswith("/media/documents/")
    assert link.address == "https://x.example/a.pdf"
