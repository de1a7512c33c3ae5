"""The network that publishes the directory: its name, offices and partners are data."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from directory.models.fields import (
    WebAddressField,
    are_web_addresses,
    is_web_address,
    not_blank,
)
from directory.models.geography import Region
from directory.models.images import PictureField

#: The tables that pages read of the network.
READ_WITH_NETWORK = (
    "directory_network",
    "directory_network_regions",
    "directory_office",
    "directory_networkpartner",
    "directory_region",
)


class NetworkQuerySet(models.QuerySet["Network"]):
    """Every question asked of the network's table, which has one row at most."""

    def current(self) -> Network | None:
        """The network with its offices and partners; None before it is described."""
        return self.prefetch_related("offices", "partners").first()


class Network(models.Model):
    """The network itself. There is one: the row of key 1."""

    ONLY_KEY = 1

    id = models.PositiveSmallIntegerField(
        primary_key=True, default=ONLY_KEY, editable=False
    )
    name = models.CharField(_("nom"), max_length=100)
    baseline = models.CharField(
        _("phrase de présentation"),
        max_length=200,
        blank=True,
        help_text=_("Une ligne, sous le nom."),
    )
    presentation = models.TextField(_("présentation"), blank=True)
    territory = models.CharField(
        _("territoire"),
        max_length=100,
        blank=True,
        help_text=_(
            "Avec sa préposition\u00a0: «\u00a0en Provence-Alpes-Côte d’Azur\u00a0»."
        ),
    )
    regions = models.ManyToManyField(
        Region,
        verbose_name=_("régions"),
        blank=True,
        related_name="networks",
        help_text=_("Leurs départements sont proposés dans les filtres."),
    )
    phones = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("téléphones"),
        default=list,
        blank=True,
        help_text=_("Un par ligne."),
    )
    email = models.EmailField(_("adresse électronique"), blank=True)
    social_links = ArrayField(
        WebAddressField(),
        verbose_name=_("réseaux sociaux"),
        default=list,
        blank=True,
        help_text=_("Une adresse web par ligne."),
    )

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("réseau")
        verbose_name_plural = _("réseau")
        constraints = [
            models.CheckConstraint(
                name="network_is_the_only_one",
                condition=models.Q(id=1),
                violation_error_message=_(
                    "Le réseau est déjà décrit\u00a0: modifiez-le."
                ),
            ),
            not_blank("network_has_a_name", "name"),
            are_web_addresses("network_social_links_are_addresses", "social_links"),
        ]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """A place where the network receives people."""

    network = models.ForeignKey(
        Network,
        verbose_name=_("réseau"),
        on_delete=models.CASCADE,
        related_name="offices",
    )
    label = models.CharField(_("nom"), max_length=100, blank=True)
    address = models.CharField(_("adresse"), max_length=200)
    postcode = models.CharField(_("code postal"), max_length=10)
    city = models.CharField(_("ville"), max_length=100)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("bureau")
        verbose_name_plural = _("bureaux")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.address} – {self.postcode} {self.city}"


class NetworkPartner(models.Model):
    """An institution that supports the network, named at the foot of each page."""

    network = models.ForeignKey(
        Network,
        verbose_name=_("réseau"),
        on_delete=models.CASCADE,
        related_name="partners",
    )
    name = models.CharField(_("nom"), max_length=150)
    website = WebAddressField(_("site Web"), blank=True)
    logo = PictureField(_("logo"), upload_to="partenaires", blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("partenaire du réseau")
        verbose_name_plural = _("partenaires du réseau")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "name"],
                name="network_partner_is_named_once",
                violation_error_code="name",
                violation_error_message=_("Ce partenaire est déjà nommé."),
            ),
            is_web_address("network_partner_website_is_web_address"),
        ]

    def __str__(self) -> str:
        return self.name
