"""The wiring of the site: settings, addresses, pages that compose the apps."""
