"""What does a team talk about in ten minutes, who was there, and what became of what was agreed?"""
