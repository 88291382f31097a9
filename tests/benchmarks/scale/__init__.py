"""What millions of shipments cost: `python -m tests.benchmarks.scale`."""
