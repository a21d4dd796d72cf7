#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the program in C that was written of a recipe: it must read MNIST's files from a folder,
and learn. Each digit is a bar at a height of its own, on paper with specks.

Usage: check_reader.py PROGRAM
"""
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

LEAST = 90  # per cent, after three epochs
EPOCHS = 3


def write_set(folder, split, count, rng):
    labels = bytes(i % 10 for i in range(count))
    images = bytearray()
    for label in labels:
        image = bytearray(rng.choices((0, 60), (9, 1), k=784))
        image[(4 + 2 * label) * 28:(6 + 2 * label) * 28] = bytes([255]) * 56
        images += image
    size = count.to_bytes(4, 'big')
    side = (28).to_bytes(4, 'big')
    (folder / f'{split}-images-idx3-ubyte').write_bytes(b'\0\0\x08\3' + size + side * 2 + images)
    (folder / f'{split}-labels-idx1-ubyte').write_bytes(b'\0\0\x08\1' + size + labels)


rng = random.Random(1)
with tempfile.TemporaryDirectory() as name:
    for split, count in ('train', 1000), ('t10k', 300):
        write_set(pathlib.Path(name), split, count, rng)
    run = subprocess.run([os.path.abspath(sys.argv[1]), name], cwd=name, text=True,
                         capture_output=True, timeout=240)
print(run.stdout, run.stderr)
epochs = [float(found) for found in re.findall(r'^epoch \d: ([\d.]+) %, [\d.]+ s$', run.stdout,
                                               re.M)]
sys.exit(run.returncode or len(epochs) != EPOCHS or epochs[-1] < LEAST)
