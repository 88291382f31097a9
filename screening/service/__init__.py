"""The library behind HTTP, for whoever screens from another system: every route parses, calls, wraps.

Needs the extra `service`. `app.create_app` makes the application, `server.serve` runs it, `settings`
says what can be set; what it keeps stands in `screening.store`.
"""
