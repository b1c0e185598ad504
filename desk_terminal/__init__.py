"""The keypad, lamp and text panel on a clerk's desk."""
