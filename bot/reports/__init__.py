"""Reports for operators: the metrics of some days for the console and the terminal, and all of them for Prometheus."""
