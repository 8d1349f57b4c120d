"""The pages on what a team talks about: meetings, hand-overs, thanks, its climate, and what works."""
