"""Shipment files in, results out. Each module stands for itself; import from the module."""
