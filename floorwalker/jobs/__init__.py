"""What runs by itself, and what is composed from several contexts?"""
