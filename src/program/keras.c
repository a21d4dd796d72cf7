/* SPDX-License-Identifier: MIT */
/* keras.c -- with Keras 3: a Sequential that is compiled and fitted. */
#include <string.h>

#include "base/buffer.h"
#include "program/inside.h"
#include "train/recipe.h"

/* Keras pads by nothing or so that the size stays. */
static void add_padding(struct buffer *out, const struct program_layer *layer)
{
    if (layer->pad > 0)
        buffer_print(out, "    layers.ZeroPadding2D(%d),\n", layer->pad);
}

/* Keras's own batch norm follows the batches at a tenth of our speed: too slow for one epoch. */
static void add_activation(struct buffer *out, const struct program_layer *layer)
{
    if (layer->norm)
        buffer_print(out, "    layers.BatchNormalization(momentum=0.9, epsilon=1e-5),\n");
    if (layer->activation[0] && strcmp(layer->activation, "linear") != 0)
        buffer_print(out, "    layers.Activation('%s'),\n", layer->activation);
}

static void add_layer(struct buffer *out, const struct program_layer *layer, const char *start)
{
    if (layer->kind == LAYER_DENSE) {
        buffer_print(out, "    layers.Dense(%d%s),\n", layer->out.channels, start);
    } else if (layer->kind == LAYER_CONV) {
        add_padding(out, layer);
        buffer_print(out, "    layers.Conv2D(%d, (%d, %d), strides=%d%s),\n", layer->out.channels,
                     layer->rows, layer->cols, layer->stride, start);
    } else if (layer->kind == LAYER_MAXPOOL) {
        buffer_print(out, "    layers.MaxPooling2D(%d, strides=%d),\n", layer->rows, layer->stride);
    } else {
        buffer_print(out, "    layers.Dropout(%s),\n", program_number(layer->dropped).text);
    }
    add_activation(out, layer);
}

/* What stands between a list of numbers and maps of them. */
static void add_turning(struct buffer *out, const struct nn *net, int i)
{
    struct program_layer layer = program_layer(net, i);
    bool maps = program_gets_maps(net, i);
    if (layer.kind == LAYER_DENSE && maps)
        buffer_print(out, "    layers.Flatten(),\n");
    if ((layer.kind == LAYER_CONV || layer.kind == LAYER_MAXPOOL) && !maps)
        buffer_print(out, "    layers.Reshape((%d, %d, %d)),\n", layer.in.rows, layer.in.cols,
                     layer.in.channels);
}

static void add_net(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    int count = nn_layer_count(net);
    bool book = recipe->start == NN_START_BOOK;
    const char *start = book ? ", **start()" : "";
    if (book)
        buffer_print(out,
                     "\n\ndef start():  # one of its own each: one shared draws the same again\n"
                     "    normal = keras.initializers.RandomNormal\n"
                     "    return {'kernel_initializer': normal(stddev=1.0),\n"
                     "            'bias_initializer': normal(stddev=1.0)}\n\n\n");
    buffer_print(out, "net = keras.Sequential([\n    keras.Input((784,)),\n");
    for (int i = 0; i < count; i++) {
        struct program_layer layer = program_layer(net, i);
        add_turning(out, net, i);
        add_layer(out, &layer, start);
    }
    if (program_gets_maps(net, count))
        buffer_print(out, "    layers.Flatten(),\n");
    buffer_print(out, "])\n");
}

/* A rate that changes is a class of its own. */
static void add_schedule(struct buffer *out, const struct recipe *recipe)
{
    struct program_number rate = program_number(recipe->schedule.rate);
    struct program_number rising = program_number(recipe->schedule.rising);
    const char *up = rising.text;
    if (recipe->schedule.kind == SCHEDULE_CONSTANT) {
        buffer_print(out, "rate = %s\n", rate.text);
        return;
    }
    buffer_print(out,
                 "\n\nclass Rate(keras.optimizers.schedules.LearningRateSchedule):\n"
                 "    def __call__(self, step):\n"
                 "        part = ops.cast(step, 'float32') / (epochs * -(-len(x) // %d))\n",
                 recipe->batch);
    if (recipe->schedule.kind == SCHEDULE_TRIANGLE)
        buffer_print(out,
                     "        return %s * ops.maximum(\n"
                     "            ops.where(part < %s, part / %s, (1 - part) / (1 - %s)), "
                     "1e-6)\n",
                     rate.text, up, up, up);
    else
        buffer_print(out,
                     "        rise = (1 + 24 * (1 - ops.cos(np.pi * part / %s)) / 2) / 25\n"
                     "        fall = (1 + ops.cos(np.pi * (part - %s) / (1 - %s))) / 2\n"
                     "        return %s * ops.where(part < %s, rise, fall)\n",
                     up, up, up, rate.text, up);
    buffer_print(out, "\n\nrate = Rate()\n");
}

static void add_compiling(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    const struct optim_spec *optim = &recipe->optim;
    struct program_layer last = program_layer(net, nn_layer_count(net) - 1);
    const char *cost = strcmp(last.activation, "softmax") == 0 ? "'categorical_crossentropy'"
                       : recipe->cost == NN_QUADRATIC
                           ? "lambda y, a: ops.sum((a - y) ** 2, axis=-1) / 2"
                           : "lambda y, a: 10 * keras.losses.binary_crossentropy(y, a)";
    if (recipe->cost == NN_QUADRATIC)
        cost = "lambda y, a: ops.sum((a - y) ** 2, axis=-1) / 2";
    if (optim->kind == OPTIM_ADAM)
        buffer_print(out,
                     "optimiser = keras.optimizers.AdamW(rate, weight_decay=%s, beta_1=%s, "
                     "beta_2=%s)\n",
                     program_number(optim->decay).text, program_number(optim->beta1).text,
                     program_number(optim->beta2).text);
    else
        buffer_print(out, "optimiser = keras.optimizers.SGD(rate, momentum=%s)\n",
                     program_number(optim->kind == OPTIM_MOMENTUM ? optim->beta1 : 0).text);
    buffer_print(out, "net.compile(optimiser, %s)\n", cost);
}

static void add_fitting(struct buffer *out, const struct recipe *recipe)
{
    buffer_print(out,
                 "for epoch in range(1, epochs + 1):\n"
                 "    start = time.perf_counter()\n"
                 "    net.fit(x, y, batch_size=%d, epochs=1, verbose=0)\n"
                 "    seconds = time.perf_counter() - start\n"
                 "    answers = net.predict(x_test, batch_size=1000, verbose=0)\n"
                 "    right = (answers.argmax(1) == labels_test).mean()\n"
                 "    print(f'epoch {epoch}: {100 * right:.2f} %%, {seconds:.2f} s', flush=True)\n",
                 recipe->batch);
}

void program_write_keras(struct buffer *out, const struct recipe *recipe, const struct nn *net)
{
    buffer_print(out, "# %s, in Keras 3: python3 THIS.py FOLDER-OF-MNIST [EPOCHS]\n", recipe->net);
    program_add_missing(out, recipe,
                        &(struct program_means){.decays_biases = true, .starting = "Keras"});
    buffer_print(out, "import gzip\nimport pathlib\nimport sys\nimport time\n\n"
                      "import keras\nimport numpy as np\nfrom keras import layers, ops\n\n\n");
    program_add_reading(out);
    buffer_print(out,
                 "keras.utils.set_random_seed(%llu)\n"
                 "epochs = int(sys.argv[2]) if len(sys.argv) > 2 else %d\n"
                 "x, labels = load(sys.argv[1], 'train')\n"
                 "x_test, labels_test = load(sys.argv[1], 't10k')\n",
                 (unsigned long long)recipe->seed, recipe->epochs);
    program_add_split(out, recipe);
    buffer_print(out, "y = np.eye(10, dtype=np.float32)[labels]\n");
    add_net(out, recipe, net);
    add_schedule(out, recipe);
    add_compiling(out, recipe, net);
    add_fitting(out, recipe);
}
