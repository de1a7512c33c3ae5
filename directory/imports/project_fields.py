"""The columns that a file of projects may have."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.imports import cells, fields
from directory.imports.fields import Field, Fields
from directory.models import Project, Publication

FIELDS = Fields(
    (
        Field(
            "title",
            _("titre"),
            fields.line,
            "intitulé|projet|nom|nom du projet|titre du projet|intitulé du projet",
            is_required=True,
        ),
        Field("summary", _("résumé"), fields.line, "en bref"),
        Field(
            "description", _("description"), fields.paragraphs, "présentation|contenu"
        ),
        Field(
            "lead",
            _("porteur"),
            fields.name,
            "porteur de projet|bénéficiaire|structure|structure porteuse|chef de file",
        ),
        Field(
            "lead_postcode",
            _("code postal du porteur"),
            fields.line,
            "code postal|cp",
        ),
        Field("lead_city", _("ville du porteur"), fields.line, "ville|commune"),
        Field(
            "lead_department",
            _("département du porteur"),
            fields.line,
            "département|dep",
        ),
        Field("lead_type", _("type du porteur"), fields.structure_type),
        Field(
            "lead_publication",
            _("publication du porteur"),
            fields.one_of(Publication),
        ),
        Field("partners", _("partenaires"), fields.organisations, "partenaire"),
        Field(
            "local_partners",
            _("partenaires locaux"),
            fields.organisations,
            "partenaire local",
        ),
        Field("funder", _("financeur"), fields.organisation, "bailleur|financement"),
        Field(
            "amount",
            _("montant apporté"),
            fields.plain(cells.amount),
            "montant|subvention|montant de la subvention|montant en euros",
        ),
        Field("year", _("année"), fields.plain(cells.year), "exercice|millésime"),
        Field(
            "start",
            _("début"),
            fields.plain(cells.moment),
            "date de début|début réel|commencé le",
        ),
        Field(
            "end",
            _("fin"),
            fields.plain(cells.moment),
            "date de fin|fin réelle|terminé le",
        ),
        Field(
            "kind",
            _("nature"),
            fields.one_of(Project.Kind),
            "type de projet|nature du projet",
        ),
        Field("status", _("état"), fields.one_of(Project.Status), "statut|avancement"),
        Field("beneficiaries", _("bénéficiaires"), fields.line, "public|publics visés"),
        Field(
            "beneficiary_count",
            _("nombre de bénéficiaires"),
            fields.plain(cells.whole_number),
        ),
        Field(
            "budget",
            _("budget total"),
            fields.plain(cells.amount),
            "budget|coût|coût total",
        ),
        Field("currency", _("monnaie"), fields.currency, "devise"),
        Field(
            "budget_is_public",
            _("montants publics"),
            fields.plain(cells.yes_no),
            "budget public",
        ),
        Field("links", _("liens"), fields.web_addresses, "lien|site web"),
        *fields.SHARED,
    )
)
