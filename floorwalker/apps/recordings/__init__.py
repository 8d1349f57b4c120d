"""Which recordings are known, of which contacts, and who may hear and read them?"""
