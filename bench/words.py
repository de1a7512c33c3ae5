"""The words that the invented rows are made of, and how often each comes.

As in real French text a few words are everywhere and most are rare: the weight of the
word of rank r is 1 / (r + 25), that of an empty word 1 / (r + 3).
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

EMPTY_WORDS = (
    "le la les de des du un une et en dans pour par avec sur au aux que qui se son sa"
    " ses leur leurs nous est sont à"
).split()
COMMON_WORDS = """
accès accompagnement accueil acteur action adhérent aide alimentation alphabétisation
alternative amélioration amitié animation appui apprentissage artisanat association
atelier autonomie bénévole besoin bénéficiaire bibliothèque bâtiment campagne centre
chantier citoyen climat collecte collectif collectivité collège commune communauté
compétence concertation construction contexte coopération coordination création culture
décentralisé défense démarche développement diaspora dialogue diffusion dignité
directeur diversité domaine droit durable échange école économie écologie élève élu
émancipation énergie enfance engagement entraide entreprise environnement équipe
équipement équitable espace étudiant événement expérience expertise famille femme
filière financement fondation fonds forage forêt formation francophonie génération
gestion gouvernance groupe habitant hôpital humanitaire hygiène identité initiative
innovation insertion institution intégration interculturel international irrigation
jardin jeune jeunesse jumelage justice laïcité lecture liberté local logement lutte
lycée maïs maladie maraîchage marché matériel maternité médecin médiation membre méthode
métier microcrédit migrant mission mobilisation mobilité mutualisation musique naissance
nature négociation nutrition océan œuvre organisation orphelin orphelinat outil paix
parrainage partage partenaire partenariat patrimoine pauvreté paysan pédagogie pépinière
périnatal plaidoyer plastique plateforme population pratique précarité prévention
production professionnel programme projet protection province public puits qualité
quartier recherche récupération recyclage réduction réfugié région régional reboisement
rencontre renforcement réseau responsabilité ressource réussite rural sanitaire santé
scolaire scolarisation sécheresse sécurité semence sensibilisation séjour service
solaire solidaire solidarité soin soutien spectacle sportif stratégie structure système
technique territoire théâtre tourisme traditionnel transition transmission travail
tremblement urbain urgence valorisation végétal vêtement victime village villageois
vivant voyage vulnérable zone
""".split()
# Rare words, such as no dictionary has: they make the lexicon as long as a real one.
BEGINNINGS = (
    "co dé ré pré inter trans sur sous contre éco agro bio socio géo hydro micro macro"
    " multi néo para péri poly post rétro télé"
).split()
MIDDLES = (
    "forma cultu pédago nutri planta gesta médi colla valo struc équi pro géné cana"
    " rési viti fabri lumi sali véri tempé cédé bâti mélo rivé"
).split()
ENDINGS = "tion tif tive teur trice té ment able ique iste isme ance ence eur".split()
RARE_WORDS = 6_000
#: Ranks of the words that names and titles are made of.
NAMING = 330


class Weighted(Generic[T]):
    """Values drawn at random, each as often as its weight says."""

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        """Take a weight for each value."""
        self.values = values
        self.cumulated = list(itertools.accumulate(weights))

    @classmethod
    def by_rank(cls, values: Sequence[T], flatness: float) -> Weighted[T]:
        """Weigh 1 / (rank + flatness): Zipf's law, flattened at its head."""
        return cls(values, [1 / (rank + flatness) for rank in range(len(values))])

    def draw(self, chance: random.Random, number: int) -> list[T]:
        """So many values, which may repeat."""
        return chance.choices(self.values, cum_weights=self.cumulated, k=number)

    def one(self, chance: random.Random) -> T:
        """One value."""
        return self.draw(chance, 1)[0]

    def several(self, chance: random.Random, number: int) -> tuple[T, ...]:
        """So many values, all different, in the order in which they came."""
        found: dict[T, None] = {}
        while len(found) < number:
            found[self.one(chance)] = None
        return tuple(found)


def lexicon() -> list[str]:
    """Every word, the most frequent first; the same at each call."""
    common = list(COMMON_WORDS)
    random.Random(2).shuffle(common)
    parts = itertools.product(BEGINNINGS, MIDDLES, ENDINGS)
    rare = ["".join(part) for part in parts]
    random.Random(1).shuffle(rare)
    return common + rare[:RARE_WORDS]


class Writer:
    """Writes sentences that mean nothing, with the words of the field."""

    def __init__(self) -> None:
        """Weigh the words."""
        words = lexicon()
        self.naming = words[:NAMING]
        self._full = Weighted.by_rank(words, 25)
        self._empty = Weighted.by_rank(EMPTY_WORDS, 3)

    def text(self, chance: random.Random, *, about_education: bool) -> str:
        """A description: 80 to 150 words, « éducation » among them when it is about."""
        length = chance.randint(80, 150)
        words = self._words(chance, length)
        if about_education:
            for _ in range(chance.choice((1, 1, 2, 3))):
                words[chance.randrange(length)] = "éducation"
        return _sentences(chance, words)

    def _words(self, chance: random.Random, length: int) -> list[str]:
        full = self._full.draw(chance, length)
        empty = self._empty.draw(chance, length)
        words = []
        for rank in range(length):
            if chance.random() < 0.42:  # noqa: PLR2004 - a share of French text
                words.append(empty[rank])
            else:
                plural = chance.random() < 0.25 and full[rank][-1] not in "sx"  # noqa: PLR2004
                words.append(full[rank] + "s" * plural)
        return words


def _sentences(chance: random.Random, words: list[str]) -> str:
    sentences = []
    start = 0
    while start < len(words):
        stop = start + chance.randint(8, 18)
        sentence = " ".join(words[start:stop])
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        start = stop
    return " ".join(sentences)
