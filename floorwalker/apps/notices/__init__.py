"""What ought somebody to know? Notices: raised once, for a right or a role, until they clear."""
