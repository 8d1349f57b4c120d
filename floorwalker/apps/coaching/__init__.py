"""What is said of somebody's work, what was agreed with her because of it, and what came of it?"""
