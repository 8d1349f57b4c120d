"""What do the pages of improvement cycles show?"""
