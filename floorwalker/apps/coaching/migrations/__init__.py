"""Tables of the coaching context."""
