"""Honest trade that resembles diversion: written first, so that no rule is fitted without it."""
