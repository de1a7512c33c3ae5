"""The columns that a file of structures may have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.imports import cells, fields
from directory.imports.fields import Field, Fields
from directory.models import Structure

FIELDS = Fields(
    (
        Field(
            "name",
            _("nom"),
            fields.name,
            "raison sociale|dénomination|intitulé|structure|association|organisme"
            "|organisation|nom de la structure|nom de l’association|acteur",
            is_required=True,
        ),
        Field("acronym", _("sigle"), fields.line, "acronyme"),
        Field("other_names", _("autres noms"), fields.lines, "anciens noms|autre nom"),
        Field(
            "type",
            _("type de structure"),
            fields.structure_type,
            "type|type d’acteur|catégorie",
        ),
        Field(
            "description",
            _("présentation"),
            fields.paragraphs,
            "description|objet|missions",
        ),
        Field("siren", _("SIREN"), fields.siren, "siret|n° siren|numéro siren"),
        Field("rna", _("RNA"), fields.rna, "n° rna|numéro rna|waldec"),
        Field("address", _("adresse"), fields.line, "adresse postale|rue|voie"),
        Field("postcode", _("code postal"), fields.line, "cp"),
        Field("city", _("ville"), fields.line, "commune|localité"),
        Field(
            "insee",
            _("code INSEE"),
            fields.line,
            "insee|code commune|code insee de la commune",
        ),
        Field(
            "department",
            _("département"),
            fields.line,
            "dep|dept|dpt|n° département|code département",
        ),
        Field(
            "website",
            _("site Web"),
            fields.web_address,
            "site|site internet|url|web|adresse du site",
        ),
        Field(
            "email",
            _("adresse électronique publique"),
            fields.line,
            "courriel|email|e-mail|mail|mél|adresse électronique",
        ),
        Field(
            "phone",
            _("téléphone public"),
            fields.phone,
            "téléphone|tél|numéro de téléphone",
        ),
        Field("social_links", _("réseaux sociaux"), fields.web_addresses),
        Field(
            "founded_in",
            _("année de création"),
            fields.plain(cells.year),
            "création|créée en",
        ),
        Field(
            "member_from",
            _("adhérent depuis le"),
            fields.plain(cells.date),
            "date d’adhésion|adhérent depuis",
        ),
        Field(
            "member_until",
            _("adhérent jusqu’au"),
            fields.plain(cells.date),
            "fin d’adhésion",
        ),
        Field(
            "life",
            _("activité"),
            fields.one_of(Structure.Life),
            "état de la structure",
        ),
        *fields.SHARED,
    )
)
