/* SPDX-License-Identifier: MIT */
/* numpy.c -- by the book: forward, backpropagation and mini-batches, with nothing but numpy. */
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/language.h"
#include "program/inside.h"
#include "train/recipe.h"

static bool is_by_the_book(const struct recipe *recipe, const struct nn *net)
{
    for (int i = 0; i < nn_layer_count(net); i++) {
        const struct program_layer layer = program_layer(net, i);
        if (layer.kind != LAYER_DENSE || layer.norm || strcmp(layer.activation, "sigmoid") != 0)
            return false;
    }
    return recipe->optim.kind == OPTIM_SGD && recipe->schedule.kind == SCHEDULE_CONSTANT;
}

static void add_sizes(struct buffer *out, const struct nn *net)
{
    buffer_print(out, "sizes = [%d", nn_in_len(net));
    for (int i = 0; i < nn_layer_count(net); i++)
        buffer_print(out, ", %d", nn_shape_len(nn_layer(net, i)->out));
    buffer_print(out, "]\n");
}

/* The book's from a normal, or Glorot's. */
static void add_start(struct buffer *out, const struct recipe *recipe)
{
    const char *scale = recipe->start == NN_START_BOOK ? "1.0" : "np.sqrt(2 / (n + m))";
    buffer_print(out,
                 "layers = [[rng.standard_normal((n, m)).astype(np.float32) * np.float32(%s),\n"
                 "           rng.standard_normal(m).astype(np.float32) * np.float32(%s)]\n"
                 "          for n, m in zip(sizes, sizes[1:])]\n",
                 scale, recipe->start == NN_START_BOOK ? "1" : "0");
}

static void add_functions(struct buffer *out, const struct recipe *recipe)
{
    buffer_print(out, "%s",
                 "def sigmoid(z):\n"
                 "    return 1 / (1 + np.exp(-np.maximum(z, -80)))\n"
                 "\n"
                 "\n"
                 "def forward(x):\n"
                 "    a = [x]\n"
                 "    for w, b in layers:\n"
                 "        a.append(sigmoid(a[-1] @ w + b))\n"
                 "    return a\n"
                 "\n"
                 "\n"
                 "def step(x, y, eta):\n"
                 "    a = forward(x)\n");
    buffer_print(out, "    delta = a[-1] - y%s\n",
                 recipe->cost == NN_QUADRATIC ? "\n    delta *= a[-1] * (1 - a[-1])  # BP1" : "");
    buffer_print(out, "%s",
                 "    for i in reversed(range(len(layers))):\n"
                 "        w, b = layers[i]\n"
                 "        dw, db = a[i].T @ delta, delta.sum(0)  # BP4, BP3\n"
                 "        delta = (delta @ w.T) * a[i] * (1 - a[i])  # BP2\n");
    if (recipe->optim.l2 > 0)
        buffer_print(out, "        dw += np.float32(%s) * len(x) * w\n",
                     program_number(recipe->optim.l2).text);
    buffer_print(out, "%s",
                 "        w -= eta / len(x) * dw\n"
                 "        b -= eta / len(x) * db\n"
                 "\n"
                 "\n");
}

static void add_loop(struct buffer *out, const struct recipe *recipe)
{
    buffer_print(out,
                 "x, labels = load(sys.argv[1], 'train')\n"
                 "x_test, labels_test = load(sys.argv[1], 't10k')\n"
                 "epochs = int(sys.argv[2]) if len(sys.argv) > 2 else %d\n",
                 recipe->epochs);
    program_add_split(out, recipe);
    buffer_print(out,
                 "y = np.eye(10, dtype=np.float32)[labels]\n"
                 "for epoch in range(1, epochs + 1):\n"
                 "    start, order = time.perf_counter(), rng.permutation(len(x))\n"
                 "    for i in range(0, len(x), %d):\n"
                 "        part = order[i:i + %d]\n"
                 "        step(x[part], y[part], np.float32(%s))\n"
                 "    seconds = time.perf_counter() - start\n"
                 "    right = (forward(x_test)[-1].argmax(1) == labels_test).mean()\n"
                 "    print(f'epoch {epoch}: {100 * right:.2f} %%, {seconds:.2f} s', flush=True)\n",
                 recipe->batch, recipe->batch, program_number(recipe->schedule.rate).text);
}

bool program_write_numpy(struct buffer *out, const struct recipe *recipe, const struct nn *net,
                         struct err *err)
{
    if (!is_by_the_book(recipe, net))
        return err_set(err, _("By numpy alone only layers of sigmoid neurons are written, trained "
                              "by plain gradient descent at a constant rate; take another "
                              "program."));
    buffer_print(out, "# %s, in numpy: python3 THIS.py FOLDER-OF-MNIST [EPOCHS]\n", recipe->net);
    program_add_missing(out, recipe, &(struct program_means){.l2 = true});
    buffer_print(out, "import gzip\nimport pathlib\nimport sys\nimport time\n\n"
                      "import numpy as np\n\n\n");
    program_add_reading(out);
    add_functions(out, recipe);
    buffer_print(out, "rng = np.random.default_rng(%llu)\n", (unsigned long long)recipe->seed);
    add_sizes(out, net);
    add_start(out, recipe);
    add_loop(out, recipe);
    return true;
}
