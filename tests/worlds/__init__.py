"""Worlds of trade, made up: books of shipments whose honest and crooked parts are known row by row.

They are written from the published typologies and from how trade looks, never from the rules: what
the rules find in them is a measurement. `tests.worlds.world.world` makes one.
"""
