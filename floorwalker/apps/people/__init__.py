"""Who works here, in which team, and who may see what?"""
