"""What was found when somebody listened? Forms, evaluations, what the agent says to them, and appeals."""
