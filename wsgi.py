"""The production entry: any WSGI server serves `wsgi:app`, with its settings in `PORTAL_*` variables."""

from portal.app import create_app

app = create_app()
