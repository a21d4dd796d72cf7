#!/usr/bin/env python3
"""Computes with numpy what test_nn.c compares with: a tiny network's answers and gradients.

Run it to see where the numbers of tests/nn/golden/tiny_network.h come from:
    python3 tests/nn/golden/tiny_network.py > tests/nn/golden/tiny_network.h
"""
import numpy as np

PARAMS = {}


def weights(name, *shape):
    """Weights that need no generator: a sine of the position, the same in C."""
    at = sum(p.size for p in PARAMS.values())
    n = int(np.prod(shape))
    PARAMS[name] = np.array([0.5 * np.sin(1.0 + 0.7 * (at + i)) for i in range(n)]).reshape(shape)
    return PARAMS[name]


def conv(x, w, b, stride, pad):
    n, rows, cols, _ = x.shape
    kr, kc, _, out = w.shape
    x = np.pad(x, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    orows, ocols = (rows + 2 * pad - kr) // stride + 1, (cols + 2 * pad - kc) // stride + 1
    y = np.zeros((n, orows, ocols, out))
    for r in range(orows):
        for c in range(ocols):
            window = x[:, r * stride:r * stride + kr, c * stride:c * stride + kc, :]
            y[:, r, c, :] = np.tensordot(window, w, 3) + b
    return y


def norm(x, scale, shift):
    mean, var = x.mean((0, 1, 2)), x.var((0, 1, 2))
    return (x - mean) / np.sqrt(var + 1e-5) * scale + shift


def pool(x, size):
    n, rows, cols, ch = x.shape
    return x.reshape(n, rows // size, size, cols // size, size, ch).max((2, 4))


def forward(p, x):
    a = norm(conv(x, p['1.weight'], 0, 1, 1), p['1.scale'], p['1.shift'])
    a = pool(np.maximum(a, 0), 2)
    a = np.tanh(a.reshape(len(x), -1) @ p['3.weight'] + p['3.bias'])
    z = a @ p['4.weight'] + p['4.bias']
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def cost(p, x, y):
    return -(y * np.log(forward(p, x))).sum()


def gradient(p, x, y, step=1e-6):
    """Central differences in double precision: independent of any derivation of backpropagation."""
    grads = []
    for name, w in p.items():
        for i in range(w.size):
            keep = w.flat[i]
            w.flat[i] = keep + step
            high = cost(p, x, y)
            w.flat[i] = keep - step
            low = cost(p, x, y)
            w.flat[i] = keep
            grads.append((high - low) / (2 * step))
    return np.array(grads)


def table(name, values):
    rows = [', '.join(f'{v:.7e}f' for v in values[i:i + 5]) for i in range(0, len(values), 5)]
    return f'static const float {name}[] = {{\n    ' + ',\n    '.join(rows) + '};\n'


weights('1.weight', 3, 3, 1, 2)
weights('1.scale', 2)
weights('1.shift', 2)
weights('1.mean', 2)
weights('1.variance', 2)
weights('3.weight', 18, 4)
weights('3.bias', 4)
weights('4.weight', 4, 3)
weights('4.bias', 3)
x = np.array([np.cos(0.3 * i) for i in range(2 * 36)]).reshape(2, 6, 6, 1)
y = np.array([[1, 0, 0], [0, 0.25, 0.75]], float)
print('/* Made by tiny_network.py with numpy; do not edit.')
print(' * input 6x6, conv 2 3x3 pad 1 norm relu, maxpool 2, dense 4 tanh, dense 3 softmax */')
print(table('golden_answers', forward(PARAMS, x).ravel()))
print(f'static const double golden_cost = {cost(PARAMS, x, y):.9g};\n')
print(table('golden_gradient', gradient(PARAMS, x, y)), end='')
