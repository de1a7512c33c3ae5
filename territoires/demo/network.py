"""The network « Territoires Solidaires », from what its public page states."""

from __future__ import annotations

from directory.models import Network, NetworkPartner, Office
from territoires.demo.files import rows, values


def load() -> bool:
    """Describe the network; False when it is described already."""
    if Network.objects.exists():
        return False
    (row,) = rows("network.json")
    children = {"regions", "offices", "partners", "source_url"}
    network = Network.objects.create(**values(Network, row, besides=children))
    network.regions.set(row["regions"])
    Office.objects.bulk_create(
        Office(network=network, position=position, **values(Office, office, besides=()))
        for position, office in enumerate(row["offices"])
    )
    NetworkPartner.objects.bulk_create(
        NetworkPartner(
            network=network,
            position=position,
            **values(NetworkPartner, partner, besides=()),
        )
        for position, partner in enumerate(row["partners"])
    )
    return True
