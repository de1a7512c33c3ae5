"""What the projects of a result come to: totals, amounts, and a map of the world."""
