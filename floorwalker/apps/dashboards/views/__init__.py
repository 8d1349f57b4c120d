"""Which pages answer with figures? Find, ask, draw, show; no arithmetic here."""
