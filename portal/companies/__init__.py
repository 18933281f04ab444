"""Companies: their profile, who belongs to them in which role, and how one gets in."""
