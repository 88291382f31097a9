"""How a party is reached, and where that points: telephone, mail, website."""
