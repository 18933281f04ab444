"""The record of what happened: its kinds, its writing, its chain, and reading it."""
