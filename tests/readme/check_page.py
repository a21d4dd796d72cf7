#!/usr/bin/env python3
"""Runs the program of the README without any data at hand: it must learn and read a digit."""
import os
import re
import subprocess
import sys
import tempfile

LEAST = 80  # per cent, after three epochs on the program's own digits
with tempfile.TemporaryDirectory() as empty:
    environment = {k: v for k, v in os.environ.items() if k != 'INKLING_DATA'}
    environment |= {'XDG_DATA_HOME': empty, 'HOME': empty}
    run = subprocess.run([os.path.abspath(sys.argv[1])], cwd=empty, env=environment, text=True,
                         capture_output=True, timeout=240)
epochs = [float(found) for found in re.findall(r'^epoch \d: ([\d.]+) %$', run.stdout, re.M)]
print(run.stdout, run.stderr)
sys.exit(run.returncode or len(epochs) != 3 or epochs[-1] < LEAST or
         not re.search(r'^It reads a \d\.$', run.stdout, re.M))
