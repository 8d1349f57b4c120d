"""The tables of the people context, in the order they came."""
