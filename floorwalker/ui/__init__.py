"""What is shared by all pages: words, parts, tags, styles and the way errors are shown."""
