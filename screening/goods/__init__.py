"""Goods: what their codes stand for, and what their descriptions say they are."""
