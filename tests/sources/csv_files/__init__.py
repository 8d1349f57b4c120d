"""Does csv_files read what systems really export?"""
