#!/usr/bin/env python3
"""Takes the program under "The network in a page" out of the README: take_page.py README OUT."""
import pathlib
import re
import sys

readme, out = map(pathlib.Path, sys.argv[1:])
found = re.search(r'^## The network in a page\n.*?^```c\n(.*?)^```', readme.read_text(),
                  re.S | re.M)
if not found:
    sys.exit(f'{readme}: no program in C under "The network in a page"')
out.write_text(found[1])
