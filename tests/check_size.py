#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks that code can be read in one go: lines of 100 columns, functions of 45 lines, files of 600
lines at most. What is larger stands below, with the lines that it may have: a list that may only
shrink.

Usage: check_size.py FOLDER...
"""
import pathlib
import re
import sys

COLUMNS, FUNCTION, FILE = 100, 45, 600

LONG_LINES = {  # how many of them
    'app.h': 1,
    'unipen.h': 2,
    'input.h': 1,
}
LONG_FUNCTIONS = {
    'test_model_container.c: every_break_of_a_rule_is_refused_with_a_sentence': 83,
    'paint_demo.c: add_frame': 60,
}
LONG_FILES = {
    'test_ink.c': 850,
    'test_model.c': 650,
    'test_nn.c': 750,
    'test_sys.c': 800,
}


def functions_of(lines):
    """Pairs of a C function's name and its lines, from its name to its last brace."""
    begin = name = None
    for number, line in enumerate(lines):
        if re.match(r'[A-Za-z]', line) and '(' in line and not line.rstrip().endswith(';'):
            begin = number
            found = re.search(r'^START_TEST\((\w+)\)|(\w+)\(', line)
            name = found[1] or found[2]
        elif line == '}' and begin is not None:
            yield name, number + 1 - begin
            begin = None


def check_limit(kind, name, count, limit, exceptions, used):
    if name.endswith(': make_suite'):  # a list of tests
        return
    if count > exceptions.get(name, limit):
        yield f'{name}: {count} lines; a {kind} has {exceptions.get(name, limit)} at most'
    if count > limit:
        used.add(name)


def check_file(path, used):
    lines = path.read_text().splitlines()
    name = '/'.join(path.parts[-3:]) if path.name == 'meson.build' else path.name
    long = [number for number, line in enumerate(lines, 1) if len(line) > COLUMNS]
    if len(long) > LONG_LINES.get(name, 0):
        yield from (f'{path}:{number}: a line has {COLUMNS} columns at most' for number in long)
    if long:
        used.add(name)
    yield from check_limit('file', path.name, len(lines), FILE, LONG_FILES, used)
    if path.suffix == '.c':
        for function, count in functions_of(lines):
            yield from check_limit('function', f'{path.name}: {function}', count, FUNCTION,
                                   LONG_FUNCTIONS, used)


def main(folders):
    paths = sorted(p for folder in folders for p in pathlib.Path(folder).rglob('*')
                   if p.suffix in ('.c', '.h', '.py', '.sh') or p.name == 'meson.build')
    used = set()
    wrong = [w for path in paths for w in check_file(path, used)]
    if len(paths) < 100:
        wrong.append(f'only {len(paths)} files found; are these the folders of the source?')
    print('\n'.join(wrong))
    for name in [*LONG_LINES, *LONG_FUNCTIONS, *LONG_FILES]:
        if name not in used:
            print(f'{name} is no longer too long: take it out of the list in {sys.argv[0]}')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
