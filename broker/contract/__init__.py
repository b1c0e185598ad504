"""What the four programs say to each other: topics, messages, and the bus that carries them."""
