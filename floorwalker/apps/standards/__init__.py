"""What was agreed? Targets, each with the days for which it holds."""
