"""The demo: its people, its clock, phones and mail to look at, and the gallery. Production loads none of it."""
