"""What the library costs, in ratios: `python -m benchmarks`, or with the names of topics."""
