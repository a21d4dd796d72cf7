#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Checks who includes whom in src/: the picture of the house.

  modules      a folder of src/ includes only those that stand in its row
  app          the same for the folders of src/app; only shell/ and app.c see shell/
  doors        a header of the operating system is included in its own room alone
  circles      no files include one another in a circle, a .c and its .h being one
  README       the graph there shows the very table

`main.c` joins everything and may include anything. What is not so yet stands in a list; such a list
may only shrink.

Usage: check_layers.py FOLDER
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
    'train': 'base par kern nn ink data model eval',
    'program': 'base nn data train',
    'lesson': 'base par kern nn ink data model eval train',
    'ui': 'base',
    'app': 'base par kern nn ink data model eval train lesson program ui',
    'sys': 'base ui',
    'cli': 'base par kern nn ink data model eval train lesson program ui app sys',
}

# The same within app/: a folder, and what else of app/ it may include.
APP_MAY_INCLUDE = {
    'act': '',
    'job': '',
    'tell': 'host.h act',
    'stage': 'job',
    'state': 'host.h act tell job stage',
    'widget': 'act',
    'files': 'act widget',
    'draw': 'act state widget',
    'train': 'act state widget',
    'my_digits': 'act state widget',
    'inspect': 'act state widget',
    'models': 'act state widget',
    'learn': 'act stage state widget',
    'frame': 'act tell job state widget',
    'shell': 'app.h host.h act tell job stage state widget files draw train my_digits inspect '
             'models learn frame',
}

# Headers of the operating system and of libraries, and who may include them.
DOORS = {
    r'(SDL2/)?SDL.*|fontconfig/.*': 'sys',
    r'dirent|fcntl|poll|pwd|spawn|sys/(file|stat|mman|statvfs|wait)': 'base',
    r'pthread|sched|sys/resource': 'par',
    r'signal': 'base par cli',
    r'termios|sys/ioctl': 'cli',
    r'immintrin|arm_neon|cpuid': 'kern',
    r'zlib': 'base data',
    r'jansson': 'base model app cli',
    r'unistd': 'base par cli',
}

# Those that go through another's door: none, and none is to be added.
LEFT_OPEN = {}

# Files that include one another.
IN_CIRCLES = [
    'ui/inside ui/ui',
    'kern/kern kern/tables',
    'data/my_digits data/my_digits_inside',
    'ui/plot ui/plot_inside',
]


def module_of(path, root):
    return path.relative_to(root).parts[0]


def includes(path):
    """Pairs of line number and what is included there, quotes or brackets kept."""
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = re.match(r'#\s*include ([<"][^>"]+[>"])', line)
        if found:
            yield number, found[1]


def check_modules(files, root):
    for path in files:
        module = module_of(path, root)
        if module == 'main.c':
            continue
        if module not in MAY_INCLUDE:
            yield f'{path}: {module}/ has no row in the table'
            continue
        allowed = {module, *MAY_INCLUDE[module].split()}
        for number, what in includes(path):
            if what[0] != '"':
                continue
            if '/' not in what:
                yield f'{path}:{number}: name the module too, as in "base/err.h"'
            elif what[1:].split('/')[0] not in allowed:
                yield f'{path}:{number}: {module}/ may not include {what[1:].split("/")[0]}/'


def check_app(files, root):
    for path in files:
        parts = path.relative_to(root).parts
        if parts[0] != 'app' or len(parts) < 3:
            continue
        folder = parts[1]
        if folder not in APP_MAY_INCLUDE:
            yield f'{path}: app/{folder}/ has no row in the table'
            continue
        allowed = {folder, *APP_MAY_INCLUDE[folder].split()}
        for number, what in includes(path):
            other = what[1:-1].split('/')
            if what[0] == '"' and other[0] == 'app' and other[1] not in allowed:
                yield f'{path}:{number}: app/{folder}/ may not include app/{other[1]}'


def check_shell(files, root):
    for path in files:
        name = str(path.relative_to(root))
        if name == 'app/app.c' or name.startswith('app/shell/'):
            continue
        for number, what in includes(path):
            if what.startswith('"app/shell/'):
                yield f'{path}:{number}: only app.c and shell/ may include {what}'


def room_of(header):
    """The modules that may include a header of the system, or None where all may."""
    for door, modules in DOORS.items():
        if re.fullmatch(f'({door})\\.h', header):
            return modules
    return None


def check_doors(files, root):
    used = set()
    for path in files:
        name = str(path.relative_to(root))
        for number, what in includes(path):
            modules = room_of(what[1:-1]) if what[0] == '<' else None
            if modules is None or name == 'main.c' or module_of(path, root) in modules.split():
                continue
            if what[1:-3] in LEFT_OPEN.get(name, '').split():
                used.add((name, what[1:-3]))
            else:
                yield f'{path}:{number}: only {modules} may include {what}'
    for name, headers in LEFT_OPEN.items():
        for header in headers.split():
            if (name, header) not in used:
                yield f'{name} does not include <{header}.h> any more: take it out of LEFT_OPEN'


def make_graph(files, root):
    """File (without its ending) to the set of those that it includes."""
    graph = {}
    for path in files:
        room = str(path.relative_to(root))[:-2]
        edges = graph.setdefault(room, set())
        edges |= {what[1:-3] for _, what in includes(path) if what[0] == '"' and what[1:-3] != room}
    return graph


def find_circles(graph):
    """Strongly connected parts of more than one file (Tarjan)."""
    index, low, stack, circles = {}, {}, [], []

    def visit(room):
        index[room] = low[room] = len(index)
        stack.append(room)
        for other in sorted(graph[room]):
            if other not in graph:
                continue
            if other not in index:
                visit(other)
                low[room] = min(low[room], low[other])
            elif other in stack:
                low[room] = min(low[room], index[other])
        if low[room] == index[room]:
            part = stack[stack.index(room):]
            del stack[stack.index(room):]
            if len(part) > 1:
                circles.append(sorted(part))

    for room in sorted(graph):
        if room not in index:
            visit(room)
    return circles


def check_circles(files, root):
    found = find_circles(make_graph(files, root))
    for circle in found:
        new = [set(circle) - set(known.split()) for known in IN_CIRCLES]
        if set() not in new:
            news = min(new, key=len) if new else set(circle)
            yield f'{root}: in a circle: {" ".join(circle)}; new are {" ".join(sorted(news))}'
    still = {room for circle in found for room in circle}
    for room in sorted(set(' '.join(IN_CIRCLES).split()) - still):
        yield f'{room} is in no circle any more: take it out of IN_CIRCLES'


# ---- the picture in README ----------------------------------------------------------------------

def close(graph):
    """All that can be reached from each."""
    def reach(module, seen):
        for other in graph.get(module, ()):
            if other not in seen:
                seen.add(other)
                reach(other, seen)
        return seen
    return {module: reach(module, set()) for module in graph}


def read_picture(text):
    """The arrows of `a & b --> c & d` in the mermaid graph."""
    graph = {}
    for line in re.search(r'```mermaid\n(.*?)```', text, re.S)[1].splitlines():
        if '-->' in line:
            begin, end = (side.replace('&', ' ').split() for side in line.split('-->'))
            for module in begin:
                graph.setdefault(module, set()).update(end)
            for module in end:
                graph.setdefault(module, set())
    return graph


def check_readme(readme):
    shown = close(read_picture(readme.read_text()))
    table = close({module: row.split() for module, row in MAY_INCLUDE.items()})
    table['main'] = set(MAY_INCLUDE)
    for module in sorted(set(shown) | set(table)):
        differ = shown.get(module, set()) ^ table.get(module, set())
        if differ or (module in shown) != (module in table):
            yield (f'{readme}: the graph and MAY_INCLUDE differ in what {module} sees: '
                   f'{" ".join(sorted(differ)) or "it is in one of them only"}')


def check(root):
    files = sorted(root.rglob('*.[ch]'))
    if len(files) < 50:
        return [f'{root}: only {len(files)} files found; is this the source folder?']
    return [*check_modules(files, root), *check_app(files, root), *check_shell(files, root),
            *check_doors(files, root), *check_circles(files, root),
            *check_readme(root.parent / 'README.md')]


if __name__ == '__main__':
    problems = check(pathlib.Path(sys.argv[1]))
    print('\n'.join(problems))
    sys.exit(1 if problems else 0)
