/* SPDX-License-Identifier: MIT */
/* A network in words: nn.h gives the language. A small scanner hands out words one by one, so that
 * an error can quote the one that is wrong. */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/did_you_mean.h"
#include "base/number.h"
#include "nn/layer.h"

enum {
    WORD_MAX = 32,
    COUNT_MAX = NN_WIDTH_MAX,
    CHANNELS_MAX = 65536,
    SIDE_MAX = 255, /* of a kernel, a stride, a padding */
};

struct scanner {
    const char *at;
    char word[WORD_MAX]; /* the next word; empty at the end of a layer */
    struct err *err;
};

static const char *act_names[] = {"step", "sigmoid", "tanh", "relu", "softmax"};

static bool ends_layer(char c)
{
    return c == ',' || c == ';' || c == '\n' || c == 0;
}

/* The multiplication sign, as the window shows it, is read as the letter x. */
static void next_word(struct scanner *s)
{
    size_t n = 0;
    while (*s->at && isspace((unsigned char)*s->at) && *s->at != '\n')
        s->at++;
    while (!ends_layer(*s->at) && !isspace((unsigned char)*s->at)) {
        char c = *s->at++;
        if (c == '\xc3' && *s->at == '\x97') {
            s->at++;
            c = 'x';
        }
        if (n < WORD_MAX - 1)
            s->word[n++] = (char)tolower((unsigned char)c);
    }
    s->word[n] = 0;
}

static bool is_word(const struct scanner *s, const char *word)
{
    return strcmp(s->word, word) == 0;
}

__attribute__((format(printf, 2, 3))) static bool complain(struct scanner *s, const char *wanted,
                                                           ...)
{
    char text[200];
    va_list args;
    va_start(args, wanted);
    vsnprintf(text, sizeof text, wanted, args);
    va_end(args);
    if (s->word[0])
        return err_set(s->err, _("\"%s\" is not understood: %s."), s->word, text);
    return err_set(s->err, _("The words end too early: %s."), text);
}

/* The same where one of these words should stand, if it looks like a mistyped one. */
static bool complain_near(struct scanner *s, const char *const *words, int count,
                          const char *wanted)
{
    const char *near = did_you_mean(s->word, words, count, sizeof *words);
    if (!near || is_word(s, near))
        return complain(s, "%s", wanted);
    return err_set(s->err, _("\"%s\" is not understood; did you mean %s?"), s->word, near);
}

/* Reads "28" or "28x28" or "28x28x1" into numbers; returns how many there were, 0 if none. */
static int parse_numbers(const char *word, int *numbers, int most)
{
    int count = 0;
    while (count < most && isdigit((unsigned char)*word)) {
        char *end;
        long value = strtol(word, &end, 10);
        numbers[count++] = value > COUNT_MAX ? COUNT_MAX + 1 : (int)value;
        if (*end == 0)
            return count;
        if (*end != 'x')
            return 0;
        word = end + 1;
    }
    return 0;
}

/* One whole number from lo to hi, and on to the next word. */
static bool take_count(struct scanner *s, int lo, int hi, int *value)
{
    if (parse_numbers(s->word, value, 1) != 1 || *value < lo || *value > hi)
        return false;
    next_word(s);
    return true;
}

static bool take_options(struct scanner *s, struct layer_words *l)
{
    if (is_word(s, "norm")) {
        l->norm = true;
        next_word(s);
    }
    for (size_t i = 0; i < sizeof act_names / sizeof *act_names; i++) {
        if (is_word(s, act_names[i])) {
            l->has_act = true;
            l->act = (enum act_kind)i;
            next_word(s);
            return true;
        }
    }
    if (is_word(s, "linear"))
        next_word(s);
    return true;
}

static bool parse_dense(struct scanner *s, struct layer_words *l)
{
    l->ops = &dense_ops;
    if (!take_count(s, 1, COUNT_MAX, &l->count))
        return complain(s,
                        _("`dense` wants a number of neurons from %d to %d, as in \"dense 30 "
                          "sigmoid\""),
                        1, COUNT_MAX);
    return take_options(s, l);
}

static bool parse_kernel(struct scanner *s, struct conv_own *conv)
{
    int size[2], n = parse_numbers(s->word, size, 2);
    if (n == 0 || size[0] < 1 || size[n - 1] < 1 || size[0] > SIDE_MAX || size[n - 1] > SIDE_MAX)
        return complain(s,
                        _("`conv` wants a kernel after its count, as in \"conv 16 5x5 relu\", of "
                          "sides from 1 to 255"));
    conv->rows = size[0];
    conv->cols = size[n - 1];
    next_word(s);
    return true;
}

static bool take_stride(struct scanner *s, int *stride)
{
    return take_count(s, 1, SIDE_MAX, stride) ||
           complain(s, _("`stride` wants a number from %d to %d"), 1, SIDE_MAX);
}

static bool take_pad(struct scanner *s, int *pad)
{
    return take_count(s, 0, SIDE_MAX, pad) ||
           complain(s, _("`pad` wants a number from %d to %d"), 0, SIDE_MAX);
}

static bool parse_conv(struct scanner *s, struct layer_words *l)
{
    l->ops = &conv_ops;
    l->own.conv.stride = 1;
    if (!take_count(s, 1, CHANNELS_MAX, &l->count))
        return complain(s,
                        _("`conv` wants a number of channels from %d to %d, as in \"conv 16 5x5 "
                          "relu\""),
                        1, CHANNELS_MAX);
    if (!parse_kernel(s, &l->own.conv))
        return false;
    for (;;) {
        if (is_word(s, "stride")) {
            next_word(s);
            if (!take_stride(s, &l->own.conv.stride))
                return false;
        } else if (is_word(s, "pad")) {
            next_word(s);
            if (!take_pad(s, &l->own.conv.pad))
                return false;
        } else {
            return take_options(s, l);
        }
    }
}

static bool parse_pool(struct scanner *s, struct layer_words *l)
{
    l->ops = &pool_ops;
    if (!take_count(s, 1, SIDE_MAX, &l->own.pool.size))
        return complain(s, _("`maxpool` wants a size from %d to %d, as in \"maxpool 2\""), 1,
                        SIDE_MAX);
    l->own.pool.stride = l->own.pool.size;
    if (!is_word(s, "stride"))
        return true;
    next_word(s);
    return take_stride(s, &l->own.pool.stride);
}

static bool parse_dropout(struct scanner *s, struct layer_words *l)
{
    char *end;
    float rate = strtof(s->word, &end);
    if (end == s->word || *end || !(rate >= 0 && rate < 1))
        return complain(s, _("`dropout` wants the part to drop, from 0 to below 1, as in "
                             "\"dropout 0.5\""));
    l->ops = &dropout_ops;
    l->own.dropout.rate = rate;
    next_word(s);
    return true;
}

static bool parse_input(struct scanner *s, struct net_words *net)
{
    int n[3], count = parse_numbers(s->word, n, 3);
    bool fits = count > 0;
    for (int i = 0; i < count; i++)
        fits = fits && n[i] >= 1 && n[i] <= COUNT_MAX;
    if (!fits)
        return complain(s, _("`input` wants a shape such as 28x28, or a count such as 784"));
    net->flat_in = count == 1;
    if (count == 1)
        net->in = (struct nn_shape){1, 1, n[0]};
    else
        net->in = (struct nn_shape){n[0], n[1], count == 3 ? n[2] : 1};
    next_word(s);
    return true;
}

static bool parse_layer(struct scanner *s, struct net_words *net, bool first)
{
    static const struct {
        const char *name;
        bool (*parse)(struct scanner *, struct layer_words *);
    } kinds[] = {{"dense", parse_dense},     {"conv", parse_conv}, {"maxpool", parse_pool},
                 {"pool", parse_pool},       {"dropout", parse_dropout}};
    if (is_word(s, "input")) {
        if (!first)
            return complain(s, _("`input` may only stand first"));
        next_word(s);
        return parse_input(s, net);
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!is_word(s, kinds[i].name))
            continue;
        if (net->count == NN_LAYERS_MAX)
            return err_set(s->err, _("There are more than %d layers; use fewer."), NN_LAYERS_MAX);
        next_word(s);
        return kinds[i].parse(s, &net->layers[net->count++]);
    }
    static const char *const begins[] = {"input", "dense", "conv", "maxpool", "dropout"};
    return complain_near(s, begins, sizeof begins / sizeof *begins,
                         _("a layer begins with input, dense, conv, maxpool or dropout, or the "
                           "network is short like 784-30-10"));
}

static const char no_break_space[] = "\u00a0";

static const char *skip_spaces(const char *at)
{
    size_t len = sizeof no_break_space - 1;
    while (isspace((unsigned char)*at) || strncmp(at, no_break_space, len) == 0)
        at += isspace((unsigned char)*at) ? 1 : len;
    return at;
}

/* Steps over what may stand between two counts: spaces, one of these marks, or both. */
static const char *skip_mark(const char *at)
{
    static const char *const marks[] = {
        "->", "-", ",", ";", "x", "X", "\u00d7", ">",
        "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212", "\u2192", /* to an arrow */
    };
    at = skip_spaces(at);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(at, marks[i], strlen(marks[i])) == 0)
            return skip_spaces(at + strlen(marks[i]));
    return at;
}

/* The short form as people write it in books and programs: 784-30-10 with any dash, 784 30 10,
 * 784x30x10, [784, 30, 10]. */
static bool looks_like_book(const char *words)
{
    static const char opening[] = "[({", closing[] = "])}";
    const char *bracket = *words ? strchr(opening, *words) : NULL;
    const char *at = bracket ? skip_spaces(words + 1) : words, *next = at;
    int count = 0;
    for (; isdigit((unsigned char)*next); count++) {
        at = next + strspn(next, "0123456789");
        next = skip_mark(at);
    }
    at = skip_spaces(at);
    if (bracket)
        at = *at == closing[bracket - opening] ? skip_spaces(at + 1) : words;
    return count > 1 && *at == 0;
}

/* Every count after the first is a dense sigmoid layer. */
static bool parse_book(const char *words, struct net_words *net, struct err *err)
{
    static const char digits[] = "0123456789";
    const char *first = strpbrk(words, digits);
    for (const char *at = first; at; at = strpbrk(at + strspn(at, digits), digits)) {
        long n = strtol(at, NULL, 10);
        if (n < 1 || n > COUNT_MAX)
            return err_set(err, _("\"%.40s\" is not understood: a layer has from 1 to %d neurons."),
                           at, COUNT_MAX);
        if (at == first) {
            net->flat_in = true;
            net->in = (struct nn_shape){1, 1, (int)n};
        } else if (net->count == NN_LAYERS_MAX) {
            return err_set(err, _("There are more than %d layers; use fewer."), NN_LAYERS_MAX);
        } else {
            net->layers[net->count++] = (struct layer_words){
                .ops = &dense_ops, .count = (int)n, .has_act = true, .act = ACT_SIGMOID};
        }
    }
    return true;
}

static bool parse_list(const char *words, struct net_words *net, struct err *err)
{
    static const char *const options[] = {"norm", "stride", "pad", "step", "sigmoid",
                                          "tanh", "relu", "softmax", "linear"};
    struct scanner s = {.at = words, .err = err};
    bool first = true;
    for (;;) {
        next_word(&s);
        if (s.word[0]) {
            if (!parse_layer(&s, net, first))
                return false;
            if (s.word[0])
                return complain_near(
                    &s, options, sizeof options / sizeof *options,
                    _("the layer should end here; layers are separated by commas"));
            first = false;
        }
        if (*s.at == 0)
            return true;
        s.at++; /* the comma */
    }
}

/* Rules that need the neighbours. */
static bool check_order(const struct net_words *net, struct err *err)
{
    if (net->count == 0)
        return err_set(err, _("The network has no layers; write some, such as 784-30-10."));
    for (int i = 0; i < net->count - 1; i++)
        if (net->layers[i].has_act && net->layers[i].act == ACT_SOFTMAX)
            return err_set(err,
                           _("\"softmax\" may only stand in the last layer; it makes chances of "
                             "the answers."));
    const struct layer_words *last = &net->layers[net->count - 1];
    if (last->ops != &dense_ops && last->ops != &conv_ops)
        return err_set(err,
                       _("\"%s\" cannot be the last layer; end with a dense layer, such as "
                         "\"dense 10 softmax\"."),
                       last->ops->name);
    return true;
}

bool words_parse(const char *words, struct net_words *net, struct err *err)
{
    memset(net, 0, sizeof *net);
    net->in = (struct nn_shape){28, 28, 1};
    char text[NN_WORDS_MAX];
    if (strlen(words) >= sizeof text)
        return err_set(err, _("The network's words are longer than %d letters; shorten them."),
                       NN_WORDS_MAX - 1);
    while (isspace((unsigned char)*words))
        words++;
    strcpy(text, words);
    for (size_t n = strlen(text); n > 0 && isspace((unsigned char)text[n - 1]); n--)
        text[n - 1] = 0;
    bool ok = looks_like_book(text) ? parse_book(text, net, err) : parse_list(text, net, err);
    return ok && check_order(net, err);
}

void words_print_layer(const struct layer_words *l, char *text, size_t size)
{
    int n;
    if (l->ops == &dropout_ops) {
        char rate[NUMBER_TEXT_MAX];
        snprintf(text, size, "dropout %s", number_write(l->own.dropout.rate, rate));
        return;
    }
    if (l->ops == &pool_ops) {
        n = snprintf(text, size, "maxpool %d", l->own.pool.size);
        if (l->own.pool.stride != l->own.pool.size)
            snprintf(text + n, size - (size_t)n, " stride %d", l->own.pool.stride);
        return;
    }
    n = snprintf(text, size, "%s %d", l->ops->name, l->count);
    if (l->ops == &conv_ops) {
        n += snprintf(text + n, size - (size_t)n, " %dx%d", l->own.conv.rows, l->own.conv.cols);
        if (l->own.conv.stride != 1)
            n += snprintf(text + n, size - (size_t)n, " stride %d", l->own.conv.stride);
        if (l->own.conv.pad != 0)
            n += snprintf(text + n, size - (size_t)n, " pad %d", l->own.conv.pad);
    }
    snprintf(text + n, size - (size_t)n, "%s%s%s", l->norm ? " norm" : "", l->has_act ? " " : "",
             l->has_act ? act_names[l->act] : "");
}

/* Only dense sigmoid layers on a flat input: the book's way of writing. */
static bool is_book(const struct net_words *net)
{
    for (int i = 0; i < net->count; i++) {
        const struct layer_words *l = &net->layers[i];
        if (l->ops != &dense_ops || l->norm || !l->has_act || l->act != ACT_SIGMOID)
            return false;
    }
    return net->flat_in;
}

static size_t print_input(const struct net_words *net, char *text, size_t size)
{
    struct nn_shape in = net->in;
    int n = 0;
    text[0] = 0;
    if (net->flat_in)
        n = snprintf(text, size, "input %d, ", in.channels);
    else if (in.channels != 1)
        n = snprintf(text, size, "input %dx%dx%d, ", in.rows, in.cols, in.channels);
    else if (in.rows != 28 || in.cols != 28)
        n = snprintf(text, size, "input %dx%d, ", in.rows, in.cols);
    return (size_t)n;
}

void words_print(const struct net_words *net, char *text, size_t size)
{
    size_t n = 0;
    bool book = is_book(net);
    if (book)
        n = (size_t)snprintf(text, size, "%d", net->in.channels);
    else
        n = print_input(net, text, size);
    for (int i = 0; i < net->count && n < size; i++) {
        char layer[64];
        words_print_layer(&net->layers[i], layer, sizeof layer);
        if (book)
            n += (size_t)snprintf(text + n, size - n, "-%d", net->layers[i].count);
        else
            n += (size_t)snprintf(text + n, size - n, "%s%s", i ? ", " : "", layer);
    }
}

const char *words_of_act(enum act_kind act)
{
    return act_names[act];
}
