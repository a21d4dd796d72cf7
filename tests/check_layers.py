#!/usr/bin/env python3
"""Checks who includes whom: a module of src/ includes only what stands in its row.

The table is the picture of the house. `main.c` joins everything and may include anything.
"""
import pathlib
import re
import sys

MAY_INCLUDE = {
    'base': '',
    'par': 'base',
    'kern': '',
    'nn': 'base kern',
    'ink': 'base',
    'data': 'base ink',
    'model': 'base nn',
    'eval': 'base par kern nn ink data',
    'train': 'base par kern ink nn data model eval',
    'ui': 'base',
    'app': 'base par kern nn ink data model eval train ui',
    'sys': 'base ui',
    'cli': 'base par kern nn ink data model eval train ui app sys',
}
ONLY_IN_SYS = re.compile(r'#include <(SDL2/)?SDL|#include <fontconfig')


def check(root):
    wrong, count = [], 0
    for path in sorted(root.rglob('*.[ch]')):
        count += 1
        module = path.relative_to(root).parts[0]
        if module == 'main.c':
            continue
        if module not in MAY_INCLUDE:
            wrong.append(f'{path}: {module}/ has no row in the table')
            continue
        allowed = {module, *MAY_INCLUDE[module].split()}
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'#include "([^/"]+)/', line)
            if found and found[1] not in allowed:
                wrong.append(f'{path}:{number}: {module}/ may not include {found[1]}/')
            if re.match(r'#include "[^/"]+"', line):
                wrong.append(f'{path}:{number}: name the module too, as in "base/err.h"')
            if module != 'sys' and ONLY_IN_SYS.match(line):
                wrong.append(f'{path}:{number}: only sys/ may include SDL or fontconfig')
    if count < 50:
        wrong.append(f'{root}: only {count} files found; is this the source folder?')
    return wrong


if __name__ == '__main__':
    problems = check(pathlib.Path(sys.argv[1]))
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)
