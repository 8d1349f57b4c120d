"""What follows from the figures? One question a file; the answers are sentences, estimates and nothing else."""
