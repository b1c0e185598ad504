"""The keypad, lamp and buzzer on a clerk's desk."""
