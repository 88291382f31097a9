"""How alerts are worked off: which moves there are, who may make them, for which reasons, and by when.

Judgements alone: what stands in the store, and writes it, is told to them.
"""
