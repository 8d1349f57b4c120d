"""How are summaries and estimates drawn?"""
