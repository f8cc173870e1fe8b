"""Madoguchi: the counter that municipal staff talk to before they apply for the local-government plan."""
