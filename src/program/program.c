/* SPDX-License-Identifier: MIT */
#include "program/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/language.h"
#include "program/inside.h"
#include "train/recipe.h"

static const struct {
    const char *name, *title, *file;
} kinds[PROGRAM_KINDS] = {
    [PROGRAM_NUMPY] = {"numpy", N_("numpy, by the book"), "reader_numpy.py"},
    [PROGRAM_C] = {"c", N_("inkling, in C"), "reader.c"},
    [PROGRAM_TORCH] = {"torch", N_("PyTorch"), "reader_torch.py"},
    [PROGRAM_KERAS] = {"keras", N_("Keras"), "reader_keras.py"},
};

const char *program_name(enum program_kind kind)
{
    return kinds[kind].name;
}

const char *program_title(enum program_kind kind)
{
    return _(kinds[kind].title);
}

const char *program_file(enum program_kind kind)
{
    return kinds[kind].file;
}

/* ---- a layer --------------------------------------------------------------------------------- */

/* The next word of *text, which is then behind it. */
static bool take_word(const char **text, char word[16])
{
    int length = 0;
    if (sscanf(*text, " %15s%n", word, &length) != 1)
        return false;
    *text += length;
    return true;
}

/* What stands behind the first words: stride, pad, norm and the activation, in any order. */
static void read_rest(struct program_layer *layer, const char *text)
{
    char word[16];
    while (take_word(&text, word)) {
        if (strcmp(word, "norm") == 0)
            layer->norm = true;
        else if (strcmp(word, "stride") == 0 && take_word(&text, word))
            layer->stride = atoi(word);
        else if (strcmp(word, "pad") == 0 && take_word(&text, word))
            layer->pad = atoi(word);
        else
            snprintf(layer->activation, sizeof layer->activation, "%s", word);
    }
}

struct program_layer program_layer(const struct nn *net, int i)
{
    const struct nn_layer *from = nn_layer(net, i);
    struct program_layer layer = {.in = from->in, .out = from->out, .stride = 1};
    const char *text = from->words;
    char word[16], size[16];
    take_word(&text, word);
    take_word(&text, size); /* a count, a window or a part */
    if (strcmp(word, "dropout") == 0) {
        layer.kind = LAYER_DROPOUT;
        layer.dropped = (float)atof(size);
        return layer;
    }
    if (strcmp(word, "maxpool") == 0) {
        layer.kind = LAYER_MAXPOOL;
        layer.rows = layer.cols = layer.stride = atoi(size);
    } else if (strcmp(word, "conv") == 0 && take_word(&text, size)) {
        layer.kind = LAYER_CONV;
        if (sscanf(size, "%dx%d", &layer.rows, &layer.cols) == 1)
            layer.cols = layer.rows;
    }
    read_rest(&layer, text);
    return layer;
}

bool program_gets_maps(const struct nn *net, int i)
{
    while (i > 0) {
        enum layer_kind kind = program_layer(net, --i).kind;
        if (kind != LAYER_DROPOUT)
            return kind != LAYER_DENSE;
    }
    return false; /* x are rows of 784 */
}

/* ---- what they share ------------------------------------------------------------------------- */

struct program_number program_number(float value)
{
    struct program_number number;
    snprintf(number.text, sizeof number.text, "%.7g", (double)value);
    if (!strpbrk(number.text, ".e"))
        strcat(number.text, ".0");
    return number;
}

void program_add_reading(struct buffer *out)
{
    buffer_print(out, "%s",
                 "def read(folder, name):\n"
                 "    path = pathlib.Path(folder) / name\n"
                 "    plain = path.exists()\n"
                 "    data = path.read_bytes() if plain else gzip.open(f'{path}.gz').read()\n"
                 "    return np.frombuffer(data, np.uint8, offset=16 if 'images' in name else 8)\n"
                 "\n"
                 "\n"
                 "def load(folder, split):\n"
                 "    x = read(folder, f'{split}-images-idx3-ubyte').reshape(-1, 784)\n"
                 "    labels = read(folder, f'{split}-labels-idx1-ubyte')\n"
                 "    return x.astype(np.float32) / 255, labels\n"
                 "\n"
                 "\n");
}

void program_add_split(struct buffer *out, const struct recipe *recipe)
{
    if (recipe->hold_back > 0)
        buffer_print(out, "x, labels = x[:-%u], labels[:-%u]\n", recipe->hold_back,
                     recipe->hold_back);
    if (recipe->images > 0)
        buffer_print(out, "x, labels = x[:%u], labels[:%u]\n", recipe->images, recipe->images);
}

/* What the optimiser and the start of the weights are not there. */
static void add_unlike(struct buffer *out, const struct recipe *recipe,
                       const struct program_means *means)
{
    const struct optim_spec *optim = &recipe->optim;
    bool adam = optim->kind == OPTIM_ADAM, l2 = means->l2 && !adam;
    if (optim->l2 > 0 && !l2)
        buffer_print(out, "# left out: there is no L2 regularisation (%s)\n",
                     program_number(optim->l2).text);
    if (optim->decay > 0 && !adam)
        buffer_print(out, "# left out: the weights do not decay (%s)\n",
                     program_number(optim->decay).text);
    if (means->decays_biases && (adam ? optim->decay > 0 : l2 && optim->l2 > 0))
        buffer_print(out, "# not quite the same: biases decay too, not the weights alone\n");
    if (recipe->start == NN_START_AUTO && means->starting)
        buffer_print(out, "# left out: weights start as %s has it, not by He and Glorot\n",
                     means->starting);
    if (recipe->hold_back > 0)
        buffer_print(out, "# left out: no epoch is chosen by the %u images held back\n",
                     recipe->hold_back);
}

void program_add_missing(struct buffer *out, const struct recipe *recipe,
                         const struct program_means *means)
{
    char words[AUGMENT_WORDS_MAX];
    augment_words(&recipe->augment, words);
    if (strcmp(words, "none") != 0)
        buffer_print(out, "# left out: the images are not bent (%s)\n", words);
    if (recipe->smoothing > 0)
        buffer_print(out, "# left out: wanted answers are not smoothed (%s)\n",
                     program_number(recipe->smoothing).text);
    if (recipe->averaging > 0)
        buffer_print(out, "# left out: the weights are not averaged (%s)\n",
                     program_number(recipe->averaging).text);
    if (recipe->stroke_share > 0 || recipe->drawn_share > 0 || recipe->outlier_share > 0)
        buffer_print(out, "# left out: no pen strokes, drawn digits or scribbles are mixed in\n");
    add_unlike(out, recipe, means);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static bool write_kind(enum program_kind kind, struct buffer *out, const struct recipe *recipe,
                       const struct nn *net, struct err *err)
{
    switch (kind) {
    case PROGRAM_NUMPY:
        return program_write_numpy(out, recipe, net, err);
    case PROGRAM_C:
        program_write_c(out, recipe);
        break;
    case PROGRAM_TORCH:
        program_write_torch(out, recipe, net);
        break;
    case PROGRAM_KERAS:
        program_write_keras(out, recipe, net);
        break;
    case PROGRAM_KINDS:
        break;
    }
    return true;
}

char *program_write(enum program_kind kind, const struct recipe *recipe, struct err *err)
{
    struct buffer out = {0};
    struct nn *net = recipe_check(recipe, err) ? nn_new(recipe->net, err) : NULL;
    bool written = net && write_kind(kind, &out, recipe, net, err);
    char *text = buffer_take(&out, NULL);
    nn_free(net);
    if (written && text)
        return text;
    if (written)
        err_memory(err, _("the program"));
    free(text);
    return NULL;
}

int program_lines(enum program_kind kind, const char *text)
{
    int lines = 0;
    while (*text) {
        const char *end = text + strcspn(text, "\n");
        text += strspn(text, " ");
        bool comment =
            kind == PROGRAM_C ? strncmp(text, "/*", 2) == 0 || *text == '*' : *text == '#';
        lines += text < end && !comment;
        text = *end ? end + 1 : end;
    }
    return lines;
}
