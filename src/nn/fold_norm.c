/* SPDX-License-Identifier: MIT */
/* Batch norm folded away: while predicting, the norm of a channel is y = a x + b with a and b that
 * no longer change, so the layer before it can have its weights times a, and b for its bias. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "nn/net.h"

/* The words without any ` norm`. NULL when memory is short; the caller frees them. */
static char *write_plain_words(const struct nn *net, struct err *err)
{
    struct net_words *parsed = malloc(sizeof *parsed);
    char *words = malloc(NN_WORDS_MAX);
    if (parsed && words && words_parse(net->words, parsed, err)) {
        for (int i = 0; i < parsed->count; i++)
            parsed->layers[i].norm = false;
        words_print(parsed, words, NN_WORDS_MAX);
    } else {
        err_memory(err, _("a copy of the network"));
        free(words);
        words = NULL;
    }
    free(parsed);
    return words;
}

/* A layer with norm: its weights [.][n] times a[n] and then b[n], to `out`. */
static void fold_layer(const struct nn *net, const struct layer *l, float *out)
{
    const float *weight = net->params + l->param_at, *norm = net->params + l[1].param_at;
    size_t n = (size_t)l->out.channels;
    for (size_t c = 0; c < n; c++) {
        struct norm_line line = norm_line(norm, (int)n, (int)c);
        for (size_t i = c; i < l->param_len; i += n)
            out[i] = weight[i] * line.a;
        out[l->param_len + c] = line.b;
    }
}

static void fold_weights(const struct nn *net, struct nn *folded)
{
    float *out = nn_params(folded);
    for (int i = 0; i < net->layer_count; i++) {
        const struct layer *l = &net->layers[i];
        if (l->no_bias) {
            fold_layer(net, l, out);
            out += l->param_len + (size_t)l->out.channels;
        } else if (l->ops != &norm_ops) {
            memcpy(out, net->params + l->param_at, l->param_len * sizeof *out);
            out += l->param_len;
        }
    }
    assert(out == folded->params + folded->param_len);
}

struct nn *nn_fold(const struct nn *net, struct err *err)
{
    char *words = write_plain_words(net, err);
    struct nn *folded = words ? nn_new(words, err) : NULL;
    if (folded)
        fold_weights(net, folded);
    free(words);
    return folded;
}
