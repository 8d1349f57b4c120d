"""What does each person see first? Team, agent and measure pages."""
