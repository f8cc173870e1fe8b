"""How long tests wait for what will come: what passes loses nothing by it, and a machine that stalls has time."""

PATIENCE = 25.0
