"""How well gaps, surges and corridors are told: on real files, on simulated trade, and on many rows."""
