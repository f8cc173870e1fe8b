"""What is run by hand to make something that is committed: pictures, tables."""
