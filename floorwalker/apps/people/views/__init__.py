"""Which pages are about people: coming in, who is who, who looked, and what was done?"""
