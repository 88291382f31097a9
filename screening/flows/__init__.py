"""Trade statistics: what countries say they sent and received, and where the two accounts part.

A file of statistics becomes one table (`reading`), the table becomes figures of corridors (`figures`),
and figures become findings: a gap between two accounts (`mirror`), a surge against a corridor's own
years (`surge`), trade that left one way and came by another (`corridor`).
"""
