"""The hall's network: who is let onto its Mosquitto, by what the server proves itself, and how it is found."""
