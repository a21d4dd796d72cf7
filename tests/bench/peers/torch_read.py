#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Reads with inkling bench's networks in PyTorch, on one thread, and prints one JSON object.

For each network it tries what a careful user would (as it is, traced and frozen, optimised for
inference, each with channels last too) and keeps the quickest, for single images and for batches of
1,000 apart. With --onnx FOLDER it also writes the networks and the images there, for onnx_read.js.
"""
import argparse
import copy
import json
import pathlib
import statistics
import time
import warnings

import peer

peer.use_openblas()

import torch  # noqa: E402  (only after the right BLAS is in place)

import torch_train  # noqa: E402

NETWORKS = {'784-100-10': lambda: torch_train.book(100), 'lenet5': torch_train.lenet5,
            'small-cnn': torch_train.small_cnn}
IMAGES, BLOCKS, ROUNDS, WARM_UP = 1000, (1000, 100), 3, 100


def variants(net, example):
    """Ways to run the same network: a name, what to call, and the images' format in memory."""
    for memory, word in ((torch.contiguous_format, ''), (torch.channels_last, ', channels last')):
        laid = copy.deepcopy(net).to(memory_format=memory)
        traced = torch.jit.trace(laid, example.contiguous(memory_format=memory))
        yield 'as it is' + word, laid, memory
        yield 'frozen' + word, torch.jit.freeze(traced), memory
        yield 'optimised' + word, torch.jit.optimize_for_inference(traced), memory


def time_reading(net, batches):
    """The seconds until all batches are read."""
    begin = time.perf_counter()
    for x in batches:
        net(x)
    return time.perf_counter() - begin


def find_best(candidates, runs):
    """Of (name, seconds of each run) the quickest by its median."""
    return min(((name, [run() for _ in range(runs)]) for name, run in candidates),
               key=lambda found: statistics.median(found[1]))


def time_singles(net, images, runs):
    """One image at a time, each on the clock alone; a run's figure is their median."""
    def candidates():
        for name, ready, memory in variants(net, images[:1]):
            singles = [x.contiguous(memory_format=memory) for x in images.split(1)]
            time_reading(ready, singles[:WARM_UP])
            yield name, lambda: statistics.median(time_reading(ready, [x]) for x in singles)
    return find_best(candidates(), runs)


def time_batches(net, images, runs):
    """All images, at once or in blocks that stay in the cache, whichever is quicker."""
    def candidates():
        for block in BLOCKS:
            for name, ready, memory in variants(net, images[:block]):
                blocks = [x.contiguous(memory_format=memory) for x in images.split(block)]
                time_reading(ready, blocks)
                yield (f'{name}, {block} at once',
                       lambda: statistics.median(time_reading(ready, blocks)
                                                 for _ in range(ROUNDS)))
    return find_best(candidates(), runs)


def export(net, images, path):
    torch.onnx.export(net, images[:1], str(path), input_names=['x'], output_names=['y'],
                      dynamic_axes={'x': {0: 'count'}, 'y': {0: 'count'}}, opset_version=14)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--runs', type=int, default=1)
    parser.add_argument('--data', help='folder of the IDX files')
    parser.add_argument('--onnx', type=pathlib.Path, help='folder to write the networks to')
    wish = parser.parse_args()
    warnings.simplefilter('ignore')  # about tracing, and about the exporter's constants
    torch.set_num_threads(1)
    torch.manual_seed(1)
    pixels = peer.load_mnist(wish.data)[2][:IMAGES]
    images = torch_train.to_tensor(pixels, {}, torch.contiguous_format)
    if wish.onnx:
        images.numpy().tofile(wish.onnx / 'images.f32')
    rows = []
    for name, make in NETWORKS.items():
        net = make().eval()
        if wish.onnx:
            export(net, images, wish.onnx / f'{name}.onnx')
        with torch.inference_mode():
            one, single = time_singles(net, images, wish.runs)
            many, batch = time_batches(net, images, wish.runs)
        rows.append({'name': name, 'one_image_by': one, 'batches_by': many,
                     'microseconds_of_runs': [1e6 * s for s in single],
                     'images_per_second_of_runs': [IMAGES / s for s in batch]})
    print(json.dumps({'program': f'PyTorch {torch.__version__}', 'blas': peer.blas_in_use(),
                      'threads': 1, 'reading': rows}))


if __name__ == '__main__':
    main()
