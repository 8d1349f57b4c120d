"""Which facts may enter? Reads sources, checks their rows, and keeps a receipt of every load."""
