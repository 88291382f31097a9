"""`python -m screening.service` prints the OpenAPI document, as docs/openapi.json keeps it."""

import sys

from screening.service.app import create_app
from screening.service.openapi import text_of
from screening.service.settings import Settings

if __name__ == "__main__":
    sys.stdout.write(text_of(create_app(Settings.read({}))))
