#!/usr/bin/env python3
"""The README's table of the log's events has those that src/app writes, and no others."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
written = {name for path in (root / 'src' / 'app').rglob('*.c')
           for name in re.findall(r'"event",\s*"(\w+)"', path.read_text())}
found = re.search(r'^## What happens\n(.*?)^## ', (root / 'README.md').read_text(), re.S | re.M)
told = set(re.findall(r'^\| `(\w+)` \|', found[1], re.M)) if found else set()
if len(written) < 5:
    sys.exit(f'{root}: only {len(written)} events found in src/app')
for name in sorted(written ^ told):
    print(f'README.md: the event {name}', 'is missing' if name in written else 'is not written')
sys.exit(written != told)
