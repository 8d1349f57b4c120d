"""Floors of another make than the product's own, with a truth that is known: what judgements are held against."""
