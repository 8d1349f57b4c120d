"""The pages on notices, and on the programs that ask or are told."""
