"""The queue broker: decides who is called next, remembers it, and tells the hall."""
