"""What a compliance service keeps: shipments, screenings, alerts and what people decided, provable later.

`schema` names the tables, `database` opens them, `audit` chains every change to the one before. Nothing
in here knows of HTTP: the service, the command line and a program use it alike.
"""
