#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How long it takes from a move of the mouse to the new answer on screen in each part of Inspect,
in a window of 1920x1080 on Xvfb (so that the processor paints): with nothing else going on, while a
network trains, and while a network trains and disturbed images are read. And how much memory that
takes, with the images that are alike, an evaluation and the map.

Usage: inspect_latency.py INKLING --data DIR [--model NAME]
"""
import argparse, pathlib, sys, tempfile

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path += [str(TESTS), str(TESTS / 'sys')]
from window import DRAWN, Window, measure_latency, percentile

MAP = ['map-components', 'map-neighbours']
PARTS = ['why-neuron', 'why-ink', 'why-change', 'why-curves', 'why-alike', 'why-compare']


def read_status(window, key):
    """A line of what the system knows of the process, in MiB."""
    text = pathlib.Path(f'/proc/{window.app.pid}/status').read_text()
    return int(text.split(key + ':')[1].split()[0]) / 1024


def measure_parts(window, when, parts):
    for part in parts:
        window.click(part)
        window.settle()
        taken = []
        for _ in range(6):
            taken += measure_latency(window)
        print(f'{when:<28} {part:<12} {percentile(taken, .5):5.1f} {percentile(taken, .95):5.1f} '
              f'{max(taken):5.1f}   {len(taken)}', flush=True)


def measure_all(window, when):
    show(window, 'part-drawing', 'why-neuron')
    measure_parts(window, when, PARTS)
    show(window, 'part-map', MAP[0])
    measure_parts(window, when, MAP)


def show(window, part, control):
    window.click(part)
    window.wait('layout', when=lambda e: control in e['controls'])
    window.settle()


def train(window):
    """For as long as all of this takes."""
    window.mouse('key', 'ctrl+2')
    window.wait('layout', when=lambda e: 'epochs' in e['controls'])
    window.fill('epochs', '1000')
    window.mouse('key', 'F5')
    window.wait('training', when=lambda e: e['state'] == 'started')
    window.mouse('key', 'ctrl+4')
    window.wait('layout', when=lambda e: 'part-map' in e['controls'])


def evaluate(window):
    show(window, 'part-images', 'evaluate')
    window.click('evaluate')
    window.wait('evaluation', seconds=120)


def open_inspect(window):
    window.wait('layout', when=lambda e: e['window'] == [1920, 1080])
    window.mouse('key', 'ctrl+4')
    window.wait('layout', when=lambda e: 'why-neuron' in e['controls'])


def main():
    options = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    options.add_argument('program')
    options.add_argument('--data', required=True)
    options.add_argument('--model')
    options.add_argument('--busy', action='store_true', help='with the other work alone')
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = pathlib.Path(folder) / 'inkling/settings.json'
        settings.parent.mkdir()
        settings.write_text('{"width": 1920, "height": 1080}')
        window = Window(str(pathlib.Path(options.program).resolve()), options.model,
                        pathlib.Path(folder), size='1920x1080',
                        options=('--data', str(pathlib.Path(options.data).resolve())))
        try:
            open_inspect(window)
            print(f'{"ms from mouse to screen":<41} median  95 %   max   answers')
            if not options.busy:
                measure_all(window, 'nothing else')
            show(window, 'part-drawing', 'why-alike')
            window.draw(DRAWN[min(DRAWN)])
            window.click('why-alike')
            window.wait('layout', when=lambda e: 'find-alike' in e['controls'])
            window.click('find-alike')
            window.wait('layout', seconds=60, when=lambda e: 'alike-0' in e['controls'])
            train(window)
            if not options.busy:
                measure_all(window, 'while a network trains')
            evaluate(window)
            window.click('beside-robust')
            window.wait('layout', when=lambda e: 'robust-start' in e['controls'])
            for parts in (PARTS[:3], PARTS[3:], MAP):
                show(window, 'part-images', 'robust-start')
                window.click('robust-start')
                show(window, 'part-map' if parts is MAP else 'part-drawing', parts[0])
                measure_parts(window, 'trains, and reads images', parts)
            print('training:', *(e['state'] for e in window.events('training')))
            print(f'memory: {read_status(window, "VmRSS"):.0f} MiB, at most '
                  f'{read_status(window, "VmHWM"):.0f} MiB')
        finally:
            window.close()


if __name__ == '__main__':
    main()
