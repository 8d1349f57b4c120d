"""What was said in a contact, by whom and when? Every form of transcript becomes one: turns with speaker, start and end."""
