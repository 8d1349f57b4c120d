"""The pages on what a centre expects: targets, aims, service standards, and the causes by which it says what was missed."""
