"""Tables of the surveys context."""
