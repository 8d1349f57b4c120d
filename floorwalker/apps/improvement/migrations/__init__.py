"""Tables of the improvement context."""
