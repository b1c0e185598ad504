"""Pictures of every screen of the wall, in every theme, size and language, made by one command without a hall."""
