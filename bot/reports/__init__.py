"""What the operators see: the metrics over some days, for the console, the terminal and Prometheus."""
