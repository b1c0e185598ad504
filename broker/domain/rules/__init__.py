"""The rules of the hall: what happens when a command is carried out, or why it is refused."""
