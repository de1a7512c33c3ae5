"""Maps: of the region, of a country, of the world; drawn on our own contours."""
