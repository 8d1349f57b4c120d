"""What does a person meet in a real browser: at two widths, light and dark, without script and by keyboard?"""
