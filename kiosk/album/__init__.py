"""Pictures of every screen of the kiosk and of every ticket, made by one command without an office."""
