"""The gallery: every page, mail and text in each of its states, played by the real program in a world of its own."""
