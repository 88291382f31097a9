"""Countries, ports and routes: where goods leave, pass and arrive."""
