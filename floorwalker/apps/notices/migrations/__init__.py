"""Tables of the notices context."""
