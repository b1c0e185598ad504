"""What the kiosk draws; `kiosk.kivy_environment` has to speak to Kivy before this is imported."""
