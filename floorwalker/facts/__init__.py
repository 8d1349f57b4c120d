"""Where are the facts kept? The only package that speaks to the lake and its engines."""
