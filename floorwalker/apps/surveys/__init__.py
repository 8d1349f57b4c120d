"""What do customers say of the contacts that they had, and how were they chosen to be asked?"""
