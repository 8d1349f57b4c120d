"""What is asked on the pages about feedback, coaching and objectives? One room for each subject."""
