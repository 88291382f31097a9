"""Earlier shipments: kept for rules over time, found by the groups that today's book shares with them."""
