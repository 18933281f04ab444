"""Telling people: letters, notices, the links in them, and handing all of it over to the world outside."""
