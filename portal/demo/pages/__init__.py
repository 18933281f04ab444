"""The rooms of the demo: fake phones, outgoing mail, the movable clock. Production refuses to start with them."""
