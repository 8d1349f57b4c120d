"""Which pages are there about feedback, coaching and objectives? One room for each subject."""
