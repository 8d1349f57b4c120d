"""Where do recordings lie, what does a file hold, and what was said in it? Reads files and draws nothing; knows no people."""
