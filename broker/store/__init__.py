"""What the broker remembers: the event log in SQLite, and the tables that reports read."""
