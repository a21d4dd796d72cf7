#!/usr/bin/env python3
"""Computes with numpy what test_nn_steps.c compares with: the steps of each optimiser, batch
norm while predicting, and what dropout drops.

    python3 tests/nn/golden/steps.py > tests/nn/golden/steps.h
"""
import numpy as np

STEPS, WEIGHTS, BIASES = 5, 6, 2
RATE, COUNT = 0.05, 4
DECAY, L2 = 0.1, 0.2
BETA1, BETA2, EPSILON = 0.9, 0.99, 1e-8


def begin():
    return 0.5 * np.sin(1.0 + 0.7 * np.arange(WEIGHTS + BIASES))


def gradient(step):
    """The sum over COUNT samples, the same in C."""
    return np.cos(0.3 * np.arange(WEIGHTS + BIASES) + 0.9 * step) * COUNT


IS_WEIGHT = np.arange(WEIGHTS + BIASES) < WEIGHTS


def sgd(w, g, state, step):
    return w - RATE * (g + DECAY * IS_WEIGHT * w)


def momentum(w, g, state, step):
    state['v'] = BETA1 * state.get('v', 0) + g
    return w - RATE * (state['v'] + DECAY * IS_WEIGHT * w)


def adam(w, g, state, step):
    state['m'] = BETA1 * state.get('m', 0) + (1 - BETA1) * g
    state['s'] = BETA2 * state.get('s', 0) + (1 - BETA2) * g * g
    mean, square = state['m'] / (1 - BETA1 ** step), state['s'] / (1 - BETA2 ** step)
    return w - RATE * (mean / (np.sqrt(square) + EPSILON) + DECAY * IS_WEIGHT * w)


def run(rule):
    w, state = begin(), {}
    for step in range(1, STEPS + 1):
        g = gradient(step) / COUNT + L2 * IS_WEIGHT * w
        w = rule(w, g, state, step)
    return w


def predict_norm():
    """dense 3 -> 2 with batch norm, by the running mean and variance."""
    w = begin()[:6].reshape(3, 2)
    scale, shift, mean, variance = np.array([[1.5, -0.5], [0.25, 1], [0.1, -0.2], [0.5, 2]])
    x = np.array([[1, 2, 3], [-1, 0.5, 0.25]])
    return ((x @ w - mean) / np.sqrt(variance + 1e-5) * scale + shift).ravel()


MASK = (1 << 64) - 1


def splitmix(state):
    state = (state + 0x9e3779b97f4a7c15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xbf58476d1ce4e5b9) & MASK
    z = ((z ^ (z >> 27)) * 0x94d049bb133111eb) & MASK
    return state, z ^ (z >> 31)


def rng(seed, stream):
    """xoshiro256++ of base/rng.h: its floats in [0, 1)."""
    _, z = splitmix(stream)
    state, s = seed ^ z, []
    for _ in range(4):
        state, z = splitmix(state)
        s.append(z)

    def left(x, k):
        return ((x << k) | (x >> (64 - k))) & MASK
    while True:
        result = (left((s[0] + s[3]) & MASK, 23) + s[0]) & MASK
        t = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = left(s[3], 45)
        yield (result >> 40) / 2 ** 24


def dropped(rate, seed, unit, length):
    numbers = rng(seed, unit)
    return [0 if next(numbers) < rate else 1 / (1 - rate) for _ in range(length)]


def table(name, values):
    rows = [', '.join(f'{v:.8e}f' for v in values[i:i + 5]) for i in range(0, len(values), 5)]
    return f'static const float {name}[] = {{\n    ' + ',\n    '.join(rows) + '};'


print('/* Made by steps.py with numpy; do not edit. */')
for rule in (sgd, momentum, adam):
    print(table(f'golden_{rule.__name__}', run(rule)))
print(table('golden_norm', predict_norm()))
print(table('golden_dropout', dropped(0.4, 5, 0, 16)))
