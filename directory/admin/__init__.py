"""The staff's product: the admin of the register, in French."""

from directory.admin import geography, network, projects, structures, vocabularies

__all__ = ["geography", "network", "projects", "structures", "vocabularies"]
