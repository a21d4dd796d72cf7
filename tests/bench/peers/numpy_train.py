#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the book's network in numpy for an epoch, and prints one JSON object.

By the image, as the program of the book does it: one image after the other goes forward and back,
and the gradients of a mini-batch are added up. Or by the mini-batch, as matrices: what a careful
user of numpy would write. The clock runs during training alone.
"""
import argparse
import json
import time

import peer

peer.use_openblas('numpy', threads=1)

import numpy as np  # noqa: E402  (only after the right BLAS is in place)

IMAGES, BATCH, RATE = 50000, 10, 3.0


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def start(sizes, rng):
    """Weights [out][in] and biases [out][1] of each layer, from a standard normal, as floats."""
    return [(rng.standard_normal((m, n), np.float32), rng.standard_normal((m, 1), np.float32))
            for n, m in zip(sizes, sizes[1:])]


def add_gradient(net, x, y, sums):
    """Quadratic cost, forward and back for the columns of x; adds to the sums of every layer."""
    answers = [x]
    for w, b in net:
        answers.append(sigmoid(w @ answers[-1] + b))
    slope = answers[-1] * (1 - answers[-1])
    delta = (answers[-1] - y) * slope
    for layer in range(len(net) - 1, -1, -1):
        dw, db = sums[layer]
        dw += delta @ answers[layer].T
        db += delta.sum(1, keepdims=True)
        if layer > 0:
            slope = answers[layer] * (1 - answers[layer])
            delta = (net[layer][0].T @ delta) * slope


def step(net, images, wanted, columns):
    """One mini-batch, so many columns at a time."""
    sums = [(np.zeros_like(w), np.zeros_like(b)) for w, b in net]
    for at in range(0, len(images), columns):
        add_gradient(net, images[at:at + columns].T, wanted[at:at + columns].T, sums)
    scale = np.float32(RATE / len(images))
    for (w, b), (dw, db) in zip(net, sums):
        w -= scale * dw
        b -= scale * db


def train(net, images, wanted, columns, rng):
    """One epoch; returns its seconds."""
    begin = time.perf_counter()
    order = rng.permutation(len(images))
    for at in range(0, len(order), BATCH):
        batch = order[at:at + BATCH]
        step(net, images[batch], wanted[batch], columns)
    return time.perf_counter() - begin


def measure_accuracy(net, images, labels):
    answer = images.T
    for w, b in net:
        answer = sigmoid(w @ answer + b)
    return float((answer.argmax(0) == labels).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--hidden', type=int, default=30)
    parser.add_argument('--by', choices=['image', 'batch'], default='image')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--images', type=int, default=IMAGES, help='train on so many at most')
    parser.add_argument('--data', help='folder of the IDX files')
    wish = parser.parse_args()
    pixels, labels, test_pixels, test_labels, loading = peer.load_mnist(wish.data)
    count = min(wish.images, IMAGES)
    images, test = (p.reshape(-1, 784).astype(np.float32) / 255
                    for p in (pixels[:count], test_pixels))
    wanted = np.eye(10, dtype=np.float32)[labels[:count]]
    rng = np.random.default_rng(wish.seed)
    net = start([784, wish.hidden, 10], rng)
    seconds = train(net, images, wanted, 1 if wish.by == 'image' else BATCH, rng)
    print(json.dumps({'name': f'784-{wish.hidden}-10', 'program': f'numpy {np.__version__}',
                      'by': wish.by, 'blas': peer.blas_in_use(), 'threads': 1, 'images': count,
                      'seconds_of_runs': [seconds],
                      'test_accuracy_of_runs': [measure_accuracy(net, test, test_labels)],
                      'loading_seconds': loading}))


if __name__ == '__main__':
    main()
