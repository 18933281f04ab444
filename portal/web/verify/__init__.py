"""The hall: the challenge, shown at the very address that it protects.

Sending and answering are POSTs of that address. Forms name their step in `verify`; nothing else in them is
trusted: to whom a code goes, and what it opens, is known here already.
"""
