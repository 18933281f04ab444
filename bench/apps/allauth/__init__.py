"""django-allauth.mfa: its page for reauthentication, which asks for the code of an app. It has none for texts.

Its memory of codes taken, and its limits, live in Django's cache. A durable counter and the audit row hang on its
signals.
"""
