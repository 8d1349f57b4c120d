"""Which pages are there about forms and evaluations?"""
