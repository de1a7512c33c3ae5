"""Publications: what the network and its members announce."""
