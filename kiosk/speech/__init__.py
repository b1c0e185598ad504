"""The kiosk's voice: what it says of its screens, and how it says it."""
