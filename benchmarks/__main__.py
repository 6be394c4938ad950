"""Runs the benchmarks, all of them or the named ones, and prints their figures."""

import argparse
import platform
from collections.abc import Callable, Mapping
from os import cpu_count

from benchmarks import centre, desk, directory, imports, memory, page, scripts, sentiment, wire
from benchmarks.measure import Figure, table

TOPICS: Mapping[str, Callable[[], list[Figure]]] = {
    "page": page.run,
    "wire": wire.run,
    "imports": imports.run,
    "memory": memory.run,
    "desk": desk.run,
    "centre": centre.run,
    "sentiment": sentiment.run,
    "directory": directory.run,
    "scripts": scripts.run,
}


def main(arguments: list[str] | None = None) -> None:
    """Prints a table for each topic asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("topics", nargs="*", metavar="TOPIC", help=f"{', '.join(TOPICS)} (default: all)")
    parser.add_argument("--million", action="store_true", help="memory: a log of a million entries too (a minute)")
    options = parser.parse_args(arguments)
    unknown = set(options.topics) - set(TOPICS)
    if unknown:
        parser.error(f"no such topic; known: {', '.join(TOPICS)}")
    print(f"{platform.python_implementation()} {platform.python_version()}, {cpu_count()} cores")
    for topic in options.topics or TOPICS:
        found = (
            memory.run((*memory.COUNTS, memory.MILLION)) if options.million and topic == "memory" else TOPICS[topic]()
        )
        print(f"\n{table(topic, found)}", flush=True)


if __name__ == "__main__":
    main()
