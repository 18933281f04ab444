"""Payment Information: what is checked, kept and shown of it. Nothing here works without an Assurance."""
