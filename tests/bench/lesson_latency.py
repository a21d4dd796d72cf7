#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long a page of each lesson takes to answer a drag: from one value that is set to the next, in
a window of 1280x800 on Xvfb (so that the processor paints), with nothing else going on and while a
network trains. A script sets a value a frame, as fast as frames come, and each is logged. Lines of
the log come in bundles: so the mean is what a frame takes, and none takes longer than the longest
gap.

Usage: lesson_latency.py INKLING --data DIR
"""
import argparse, json, os, pathlib, subprocess, tempfile, time

# A page, and what is dragged on it: a value and its ends.
PAGES = [
    ('perceptron gates', 'b', -9, 9), ('nand two-bits', 'row', 0, 15),
    ('sigmoid nand', 'w1', -20, 20), ('layers whole', 'image', 1, 100),
    ('layers stroke', 'b', -9, 9), ('cost image', 'image', 1, 100),
    ('cost weight', 'shift', -2, 2), ('descent roll', 'x', -0.9, 0.9), ('rate own', 'eta', 0.5, 9),
    ('backprop gradient', 'x1', -1, 1), ('batches noise', 'x', -0.9, 0.9),
    ('reader forming', 'pace', 0, 10), ('framework programs', 'recipe', 0, 2),
    ('playground own', 'batch', 10, 200),
]
WHOLE = ('row', 'image', 'recipe', 'batch')
FRAMES = 150


def script(busy):
    lines = ['load-data', 'wait idle']
    if busy:
        lines += ['recipe nielsen-30', 'set epochs 1000', 'start', 'wait epoch 1']
    for page, name, low, high in PAGES:
        lines += [f'lesson {page}', 'wait 1.5']
        for i in range(FRAMES):
            value = low + (high - low) * (i % 50) / 49
            lines.append(f'set {name} {round(value) if name in WHOLE else value:.9g}')
    return '\n'.join(lines) + '\n'


def start_display():
    read, write = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '1280x800x24',
                               '-nolisten', 'tcp'], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    return server, os.read(read, 16).decode().strip()


def run(program, data, display, busy):
    """Milliseconds between two values, by page."""
    taken = {}
    with tempfile.TemporaryDirectory() as folder:
        home = {key: folder for key in ('XDG_STATE_HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME')}
        file = pathlib.Path(folder) / 'drags'
        file.write_text(script(busy))
        app = subprocess.Popen([program, '--data', data, '--do', str(file), '--log', '-'],
                               stdout=subprocess.PIPE, text=True,
                               env={**os.environ, **home, 'DISPLAY': f':{display}'})
        page, last = None, None
        for line in app.stdout:
            now, event = time.perf_counter(), json.loads(line)
            if event['event'] != 'action':
                continue
            if event['name'] == 'lesson':
                page, last = event['argument'], None
            elif event['name'] == 'set' and page:
                if last:
                    taken.setdefault(page, []).append(1000 * (now - last))
                last = now
        if app.wait() != 0:
            raise SystemExit('the script failed')
    return taken


def main():
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('program')
    options.add_argument('--data', required=True)
    options = options.parse_args()
    server, display = start_display()
    try:
        print(f'{"ms from value to value":<46} mean  longest')
        for busy in (False, True):
            for page, values in run(options.program, options.data, display, busy).items():
                print(f'{"while a network trains" if busy else "nothing else":<24} {page:<19} '
                      f'{sum(values) / len(values):6.1f} {max(values):8.1f}', flush=True)
    finally:
        server.terminate()


if __name__ == '__main__':
    main()
