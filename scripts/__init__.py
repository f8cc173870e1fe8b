"""Tools that are run by hand to make committed files: pictures, tables, drawn pages."""
