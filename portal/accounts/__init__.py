"""People and their sign-ins: passwords, browsers, links by mail. Knows nothing of second steps."""
