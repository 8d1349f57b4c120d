"""Which pages are there of surveys: for customers, for those who read what they say, and for those who decide how they are asked?"""
