/* SPDX-License-Identifier: MIT */
/* torch.c -- with PyTorch: nn.Sequential, an optimiser, a schedule, and the loop over mini-batches.
 */
#include <string.h>

#include "base/buffer.h"
#include "program/inside.h"
#include "train/recipe.h"

static const char *find_activation(const struct program_layer *layer)
{
    static const char *const names[][2] = {
        {"sigmoid", "nn.Sigmoid()"}, {"tanh", "nn.Tanh()"}, {"relu", "nn.ReLU()"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(layer->activation, names[i][0]) == 0)
            return names[i][1];
    return NULL; /* linear, or softmax */
}

static void add_layer(struct buffer *out, const struct program_layer *layer)
{
    const char *activation = find_activation(layer);
    int channels = layer->out.channels;
    if (layer->kind == LAYER_DENSE) {
        buffer_print(out, "nn.Linear(%d, %d), ", nn_shape_len(layer->in), channels);
    } else if (layer->kind == LAYER_CONV) {
        buffer_print(out, "nn.Conv2d(%d, %d, (%d, %d), stride=%d, padding=%d), ",
                     layer->in.channels, channels, layer->rows, layer->cols, layer->stride,
                     layer->pad);
    } else if (layer->kind == LAYER_MAXPOOL) {
        buffer_print(out, "nn.MaxPool2d(%d, %d), ", layer->rows, layer->stride);
    } else {
        buffer_print(out, "nn.Dropout(%s), ", program_number(layer->dropped).text);
    }
    if (layer->norm)
        buffer_print(out, "nn.BatchNorm%s(%d), ", layer->kind == LAYER_DENSE ? "1d" : "2d",
                     channels);
    if (activation)
        buffer_print(out, "%s, ", activation);
}

/* What stands between a list of numbers and maps of them. */
static void add_turning(struct buffer *out, const struct nn *net, int i)
{
    struct program_layer layer = program_layer(net, i);
    bool maps = program_gets_maps(net, i);
    if (layer.kind == LAYER_DENSE && maps)
        buffer_print(out, "nn.Flatten(), ");
    if ((layer.kind == LAYER_CONV || layer.kind == LAYER_MAXPOOL) && !maps)
        buffer_print(out, "nn.Unflatten(1, (%d, %d, %d)),\n    ", layer.in.channels, layer.in.rows,
                     layer.in.cols);
}

/* A softmax is in the cost where that is cross-entropy. */
static void add_net(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    int count = nn_layer_count(net);
    buffer_print(out, "net = nn.Sequential(\n");
    for (int i = 0; i < count; i++) {
        struct program_layer layer = program_layer(net, i);
        buffer_print(out, "    ");
        add_turning(out, net, i);
        add_layer(out, &layer);
        if (recipe->cost == NN_QUADRATIC && strcmp(layer.activation, "softmax") == 0)
            buffer_print(out, "nn.Softmax(1), ");
        buffer_print(out, "\n");
    }
    if (program_gets_maps(net, count))
        buffer_print(out, "    nn.Flatten(),\n");
    buffer_print(out, ")\n");
    if (recipe->start == NN_START_BOOK)
        buffer_print(out, "for p in net.parameters():  # as in the book\n"
                          "    nn.init.normal_(p)\n");
}

static void add_cost(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    struct program_layer last = program_layer(net, nn_layer_count(net) - 1);
    const char *cost = recipe->cost == NN_QUADRATIC ? "((answers - y) ** 2).sum(1).mean() / 2"
                       : strcmp(last.activation, "softmax") == 0
                           ? "nn.functional.cross_entropy(answers, y)"
                           : "nn.functional.binary_cross_entropy(answers, y, reduction='sum') "
                             "/ len(y)";
    buffer_print(out, "\n\ndef cost(answers, y):\n    return %s\n\n\n", cost);
}

static void add_optimiser(struct buffer *out, const struct recipe *recipe)
{
    const struct optim_spec *optim = &recipe->optim;
    struct program_number number = program_number(recipe->schedule.rate);
    const char *rate = number.text;
    if (optim->kind == OPTIM_ADAM)
        buffer_print(out,
                     "optimiser = torch.optim.AdamW(net.parameters(), %s, betas=(%s, %s), "
                     "weight_decay=%s)\n",
                     rate, program_number(optim->beta1).text, program_number(optim->beta2).text,
                     program_number(optim->decay).text);
    else
        buffer_print(out,
                     "optimiser = torch.optim.SGD(net.parameters(), %s, momentum=%s, "
                     "weight_decay=%s)\n",
                     rate, program_number(optim->kind == OPTIM_MOMENTUM ? optim->beta1 : 0).text,
                     program_number(optim->l2).text);
}

/* The part of the highest rate at that part of the way. */
static void add_schedule(struct buffer *out, const struct recipe *recipe)
{
    struct program_number rising = program_number(recipe->schedule.rising);
    const char *up = rising.text;
    if (recipe->schedule.kind == SCHEDULE_CONSTANT)
        return;
    buffer_print(out,
                 "steps = epochs * -(-len(x) // %d)\n\n\ndef rate(step):\n"
                 "    part = step / steps\n",
                 recipe->batch);
    if (recipe->schedule.kind == SCHEDULE_TRIANGLE)
        buffer_print(out,
                     "    return max(part / %s if part < %s else (1 - part) / (1 - %s), "
                     "1e-6)\n",
                     up, up, up);
    else
        buffer_print(out,
                     "    if part < %s:\n"
                     "        return (1 + 24 * (1 - np.cos(np.pi * part / %s)) / 2) / 25\n"
                     "    return (1 + np.cos(np.pi * (part - %s) / (1 - %s))) / 2\n",
                     up, up, up, up);
    buffer_print(out, "\n\nschedule = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)\n");
}

static void add_data(struct buffer *out, const struct recipe *recipe)
{
    buffer_print(out,
                 "torch.manual_seed(%llu)\n"
                 "epochs = int(sys.argv[2]) if len(sys.argv) > 2 else %d\n"
                 "x, labels = load(sys.argv[1], 'train')\n"
                 "x_test, labels_test = load(sys.argv[1], 't10k')\n",
                 (unsigned long long)recipe->seed, recipe->epochs);
    program_add_split(out, recipe);
    buffer_print(out, "%s",
                 "x, y = torch.tensor(x), torch.eye(10)[torch.tensor(labels).long()]\n"
                 "x_test, labels_test = torch.tensor(x_test), torch.tensor(labels_test).long()\n");
}

static void add_loop(struct buffer *out, const struct recipe *recipe)
{
    bool moves = recipe->schedule.kind != SCHEDULE_CONSTANT;
    buffer_print(out,
                 "for epoch in range(1, epochs + 1):\n"
                 "    start, order = time.perf_counter(), torch.randperm(len(x))\n"
                 "    net.train()\n"
                 "    for i in range(0, len(x), %d):\n"
                 "        part = order[i:i + %d]\n"
                 "        optimiser.zero_grad()\n"
                 "        cost(net(x[part]), y[part]).backward()\n"
                 "        optimiser.step()\n"
                 "%s"
                 "    seconds = time.perf_counter() - start\n"
                 "    net.eval()\n"
                 "    with torch.no_grad():\n"
                 "        right = (net(x_test).argmax(1) == labels_test).float().mean().item()\n"
                 "    print(f'epoch {epoch}: {100 * right:.2f} %%, {seconds:.2f} s', flush=True)\n",
                 recipe->batch, recipe->batch, moves ? "        schedule.step()\n" : "");
}

void program_write_torch(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    buffer_print(out, "# %s, in PyTorch: python3 THIS.py FOLDER-OF-MNIST [EPOCHS]\n", recipe->net);
    program_add_missing(
        out, recipe,
        &(struct program_means){.l2 = true, .decays_biases = true, .starting = "PyTorch"});
    buffer_print(out, "import gzip\nimport pathlib\nimport sys\nimport time\n\n"
                      "import numpy as np\nimport torch\nfrom torch import nn\n\n\n");
    program_add_reading(out);
    add_data(out, recipe);
    add_net(out, recipe, net);
    add_cost(out, recipe, net);
    add_optimiser(out, recipe);
    add_schedule(out, recipe);
    add_loop(out, recipe);
}
