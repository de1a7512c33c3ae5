"""Keywords as people type and paste them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.labels import fold
from news import keywords


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("#CoopérationDécentralisée", ["Coopération Décentralisée"]),
        ("coopération décentralisée", ["coopération décentralisée"]),
        ("#Diplomatielocale#UNDP", ["Diplomatielocale", "UNDP"]),
        ("#Eau #Forage", ["Eau", "Forage"]),
        ("eau potable, forage", ["eau potable", "forage"]),
        ("eau potable ; forage\nsanté", ["eau potable", "forage", "santé"]),
        ('"eau, assainissement", forage', ["eau, assainissement", "forage"]),
        ('eau, "', ["eau"]),
        ("#eau potable", ["eau potable"]),
        ("#eau_potable", ["eau potable"]),
        ("\uff03Eau", ["Eau"]),
        ("#ONUFemmes", ["ONU Femmes"]),
        ("#COP21 #ODD", ["COP21", "ODD"]),
        ("#ÉducationÀLaCitoyenneté", ["Éducation À La Citoyenneté"]),
        ("YouTube", ["YouTube"]),
        ("Éducation, education, ÉDUCATION", ["Éducation"]),
        ("#\u200bEau\u200b, \u00a0forage\u00a0", ["Eau", "forage"]),
        (", ,; # ## !!! ", []),
        ("", []),
    ],
)
def test_a_list_is_read_as_people_mean_it(typed, names):
    assert keywords.parse(typed) == names


@given(st.text(max_size=60))
def test_what_was_read_is_written_and_read_again_alike(typed):
    names = keywords.parse(typed)

    again = keywords.parse(keywords.written(names))

    assert sorted(again) == sorted(names)
    assert len(set(map(fold, names))) == len(names)


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("<p>Fin. #Eau #Forage</p>", ["Eau", "Forage"], "<p>Fin.</p>"),
        ("<p>Fin.</p><p>#Eau#Mali</p>", ["Eau", "Mali"], "<p>Fin.</p>"),
        ("<p>Fin.<br>#EauPotable, #Mali.</p>", ["Eau Potable", "Mali"], "<p>Fin.</p>"),
        (
            '<p>Fin.</p><p><a href="https://a.example/#Eau">#Eau</a> #Mali</p>',
            ["Eau", "Mali"],
            "<p>Fin.</p>",
        ),
        ("<ul><li>#Eau</li></ul>", ["Eau"], ""),
        ("Texte simple.\n\n#Eau #Mali\n", ["Eau", "Mali"], "Texte simple."),
        ("<p>#Eau ouvre le texte, qui continue.</p>", [], None),
        ("<p>Fin. #Eau</p><p>Encore un mot.</p>", [], None),
        ("<p>Le n°&nbsp;#3</p>", [], None),
        ("<p>https://a.example/#ancre</p>", [], None),
        ("<p>R&amp;D &amp;#039;</p>", [], None),
        ("", [], None),
    ],
)
def test_hashtags_that_end_a_text_are_found_and_taken_out(text, names, rest):
    found = keywords.at_end(text)

    assert [hashtag.name for hashtag in found] == names
    assert keywords.without(text, found) == (text if rest is None else rest)


def test_a_hashtag_that_stays_keeps_the_text_around_it():
    text = "<p>Fin.</p><p>#Eau #Forage</p>"
    eau, _forage = keywords.at_end(text)

    assert keywords.without(text, [eau]) == "<p>Fin.</p><p>#Forage</p>"
