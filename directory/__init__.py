"""The register: structures, projects, and the vocabularies that describe them."""
