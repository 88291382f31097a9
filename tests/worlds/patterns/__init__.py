"""Diversion as the typologies describe it: each pattern in strong, fair and weak instances."""
