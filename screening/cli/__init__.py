"""The command line: parses, calls, prints."""

from screening.cli.app import app, main

__all__ = ["app", "main"]
