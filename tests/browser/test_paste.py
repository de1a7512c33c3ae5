"""What the staff paste in the editor, from Word or from a web page."""

import pytest

from news.models import Page
from tests.browser.test_csp import at_work, listening, violations

__all__ = ["at_work", "listening"]

pytestmark = pytest.mark.browser

WRITE = """async ({ html, text, image }) => {
  const kinds = {};
  if (html) kinds["text/html"] = new Blob([html], { type: "text/html" });
  if (text) kinds["text/plain"] = new Blob([text], { type: "text/plain" });
  if (image) {
    const canvas = new OffscreenCanvas(4, 4);
    canvas.getContext("2d").fillRect(0, 0, 4, 4);
    kinds["image/png"] = await canvas.convertToBlob();
  }
  await navigator.clipboard.write([new ClipboardItem(kinds)]);
}"""
#: As Word writes: conditional comments, drawn bullets, its own elements and styles.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<style><!-- p.MsoNormal {font-size:11.0pt;} --></style></head><body>
<!--StartFragment-->
<h1 style="mso-style-next:Normal"><b><span>L’eau à Gao<o:p></o:p></span></b></h1>
<p class=MsoNormal style='margin-bottom:8pt'><span style='font-size:14pt;color:red'>Un
<b>forage</b> neuf, <font face="Arial">voir</font>
<a href="https://essai.example/?utm_source=x">la page</a>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18pt;mso-list:l0 level1 lfo1'>\
<![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·\
<span style='font:7pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>\
Pompe<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>\
<![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span>\
<![endif]>Solaire<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>\
<![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span>\
<![endif]>Citerne<o:p></o:p></p>
<p class=MsoNormal>Ensuite&nbsp;:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>\
<![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>\
<![endif]>Creuser</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>\
<![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>\
<![endif]>Former</p>
<p class=MsoNormal><img width=80 height=60 src="file:///C:/x.png" v:shapes="a"></p>
<!--EndFragment--></body></html>"""
LINK = (
    '<a href="https://essai.example/?utm_source=x" rel="noopener nofollow">la page</a>'
)
FROM_WORD = (
    "<h2>L’eau à Gao</h2>"
    f"<p>Un <strong>forage</strong> neuf, voir {LINK}.</p>"
    "<ul><li><p>Pompe</p><ul><li><p>Solaire</p></li></ul></li>"
    "<li><p>Citerne</p></li></ul>"
    "<p>Ensuite&nbsp;:</p>"
    "<ol><li><p>Creuser</p></li><li><p>Former</p></li></ol>"
)
WEB = """<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1">
<div class="post" style="color:red" onclick="x()"><h4>Appel</h4>
<div>Une <span style="font-weight:700">date</span>,
<span style="font-style:italic">deux</span> lieux.</div>
<table><tbody><tr><td>Lundi</td><td>Gap</td></tr></tbody></table>
<a href="mailto:nous@essai.example">écrire</a> <a href="javascript:alert(1)">piège</a>
<a href="ftp://essai.example/">dépôt</a><script>alert(1)</script>
<picture><source srcset="a.webp"><img src="a.png" alt="Un puits"></picture>
<svg><text>dessin</text></svg></div></b>"""


@pytest.fixture
def editor(site, at_work):
    """The editor of a new page, whose keyboard and clipboard are at hand."""
    at_work.context.grant_permissions(["clipboard-read", "clipboard-write"])
    at_work.goto(f"{site}/admin/news/page/add/")
    at_work.fill("[name=title]", "Collé")
    box = at_work.get_by_role("textbox", name="Texte")
    box.click()
    return box


def paste(editor, **kinds):
    editor.page.evaluate(WRITE, kinds)
    # Writing in the clipboard parses the HTML too: that is the test's own doing.
    editor.page.evaluate("window.violations = []")
    editor.click()
    editor.page.keyboard.press("Control+V")


def saved(editor):
    """What the server keeps once the page is saved."""
    page = editor.page
    page.locator("[name=_save]").first.click()
    page.wait_for_url("**/admin/news/page/")
    return Page.objects.get(slug="colle").body


def said(editor):
    return editor.page.get_by_role("status").filter(has_text="image")


def test_a_text_of_word_keeps_its_words_links_headings_and_lists(editor):
    paste(editor, html=WORD)

    said(editor).wait_for()
    seen = violations(editor.page)
    assert seen == []
    assert saved(editor) == FROM_WORD


def test_a_web_page_keeps_its_words_and_safe_links_alone(editor):
    paste(editor, html=WEB)

    assert "2 images n’ont pas été collées" in said(editor).inner_text()
    seen = violations(editor.page)
    assert seen == []
    body = saved(editor)
    assert body.startswith("<h3>Appel</h3><p>Une <strong>date</strong>, <em>deux</em>")
    assert "<p>Lundi</p><p>Gap</p>" in body
    assert '<a href="mailto:nous@essai.example">écrire</a> piège dépôt' in body
    assert "alert" not in body
    assert "style" not in body


def test_an_image_alone_is_refused_aloud_and_the_next_paste_unsays_it(editor):
    paste(editor, image=True)

    assert "Une image n’a pas été collée" in said(editor).inner_text()
    assert editor.inner_text().strip() == ""

    paste(editor, text="Des mots.")

    assert editor.inner_text().strip() == "Des mots."
    assert said(editor).count() == 0
    assert saved(editor) == "<p>Des mots.</p>"


def test_what_is_copied_in_the_editor_is_pasted_as_it_was(editor):
    paste(editor, html="<ul><li>un</li><li>deux <b>mots</b></li></ul>")
    page = editor.page
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+X")
    page.keyboard.press("Control+V")

    expected = "<ul><li><p>un</p></li><li><p>deux <strong>mots</strong></p></li></ul>"
    assert saved(editor) == expected
