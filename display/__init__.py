"""The wall screen that shows and speaks the calls."""
