"""What comes in from outside, to be kept as an article: what a copy tells of itself, and nothing that it does not tell."""
