"""Headers by which `madoguchi check` finds out what a proxy passes on to the web process.

WSGI gives `X_Name` and `X-Name` the same key, so a proxy that passes the first lets clients imitate its own headers.
"""

UNDERSCORED = "X_Madoguchi_Underscored"  # sent by the check
AS_READ = "X-Madoguchi-Underscored"  # the name under which it arrives, and of the answer's header
