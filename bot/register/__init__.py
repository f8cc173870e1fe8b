"""Every local government of Japan, and how staff write its name."""
