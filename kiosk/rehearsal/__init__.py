"""A kiosk without a resident: fingers that act as they are told, and pictures of what they see."""
