"""Which gap was taken on, what was done about it, and did that work?"""
