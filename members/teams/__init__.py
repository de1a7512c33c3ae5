"""Who keeps a structure: memberships, invitations and requests for access."""
