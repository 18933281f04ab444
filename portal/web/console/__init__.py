"""The rooms of the console: what belongs to a company."""
