"""Tables of the huddles context."""
