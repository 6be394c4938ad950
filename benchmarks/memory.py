"""The most memory that `python -m customer_summary show LOG` takes, by the length of the log.

A child process runs the command and says at its end what its peak was. The figures are of messages and activities in
turn, of one conversation; and of self-service actions, which are kept where the page has a tab of them.
"""

import sys
from functools import partial
from pathlib import Path
from subprocess import run as run_process
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks import samples
from benchmarks.measure import Figure

COUNTS = (1_000, 100_000)
MILLION = 1_000_000

_PROGRAM = """
import resource, sys
from pathlib import Path
from customer_summary.__main__ import main

code = main(["show", sys.argv[1]])
status = Path("/proc/self/status")
if status.exists():  # the peak of this program alone; ru_maxrss begins at the peak of the one that started it
    peak = next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
print(peak, file=sys.stderr)
sys.exit(code)
"""


def run(counts: tuple[int, ...] = COUNTS) -> list[Figure]:
    """Measures the peak of `show` for logs of so many entries; the aim is that it does not grow."""
    logs = {str(count): partial(samples.log_lines, count) for count in counts}
    actions = counts[min(1, len(counts) - 1)]
    logs[f"{actions} actions, shown"] = partial(samples.action_lines, actions, shown=True)
    logs[f"{actions} actions, no tab"] = partial(samples.action_lines, actions, shown=False)
    found: list[Figure] = []
    with TemporaryDirectory() as folder:
        for name, lines in logs.items():
            log = Path(folder) / "log.ndjson"
            with log.open("wb") as stream:
                stream.writelines(lines())
            size = log.stat().st_size / 2**20
            mebibytes, seconds = peak(log)
            first = found[0] if found else None
            found += [
                Figure(
                    name=f"peak for a log of {name}",
                    amount=mebibytes,
                    unit="MiB",
                    ratio=mebibytes / first.amount if first else None,
                    against=first.name if first else "",
                ),
                Figure(name=f"  length of the log of {name}", amount=size, unit="MiB"),
                Figure(name=f"  time for the log of {name}", amount=seconds, unit="s"),
            ]
    return found


def peak(log: Path) -> tuple[float, float]:
    """Gives the peak memory of showing a log, in MiB, and the seconds it took."""
    begun = perf_counter()
    done = run_process([sys.executable, "-c", _PROGRAM, str(log)], check=True, capture_output=True, text=True)
    return int(done.stderr.splitlines()[-1]) / 1024, perf_counter() - begun
