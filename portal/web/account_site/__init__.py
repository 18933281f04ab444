"""The rooms of the account site: what belongs to a person, whatever companies they work for."""
