"""The only floor that knows Flask. Rooms (files and folders) share the hall and never import one another."""
