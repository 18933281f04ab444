"""The rooms of the two support desks: one for those who need help, one for those who give it."""
