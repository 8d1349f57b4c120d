"""Which tags do the templates of recordings have?"""
