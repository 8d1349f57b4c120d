"""What do all parts of the API have in common: the shape of a problem, pages of lists, and marks of versions?"""
