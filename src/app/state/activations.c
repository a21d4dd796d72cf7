/* SPDX-License-Identifier: MIT */
#include "app/state/activations.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

void activations_end(struct activations *activations)
{
    nn_work_free(activations->work);
    attributor_free(activations->attributor);
    free(activations->values);
    free(activations->terms);
    for (int i = 0; i < NN_LAYERS_MAX; i++)
        free(activations->lines[i]);
    *activations = (struct activations){0};
}

static bool grow(void **items, size_t *room, size_t count, size_t size)
{
    if (count <= *room)
        return true;
    void *more = realloc(*items, count * size);
    if (!more)
        return false;
    *items = more;
    *room = count;
    return true;
}

const float *activations_of(const struct activations *activations, int layer)
{
    return activations->values + activations->at[layer + 1];
}

/* ---- running --------------------------------------------------------------------------------- */

static bool suit_work(struct activations *own, const struct nn *net, const struct kern *kern)
{
    struct err err;
    if (strcmp(own->words, nn_words(net)) == 0)
        return true;
    nn_work_free(own->work);
    attributor_free(own->attributor);
    own->words[0] = '\0';
    own->work = nn_work_new(net, kern, 1, false, &err);
    own->attributor = attributor_new(net, kern, &err);
    if (!own->work || !own->attributor)
        return false;
    strcpy(own->words, nn_words(net));
    return true;
}

static bool lay_out(struct activations *own, const struct nn *net)
{
    size_t len = FIT_LEN;
    own->layers = nn_layer_count(net);
    own->at[0] = 0;
    for (int i = 0; i < own->layers; i++) {
        own->at[i + 1] = len;
        len += (size_t)nn_shape_len(nn_layer(net, i)->out);
    }
    return grow((void **)&own->values, &own->room, len, sizeof *own->values);
}

static void run(struct activations *own, const struct nn *net, const struct ink_fit *fit)
{
    own->any = fit->any;
    memcpy(own->pixels, fit->pixels, sizeof own->pixels);
    fit_floats(fit->pixels, 1, own->values);
    for (int i = 0; i < own->layers; i++)
        memcpy(own->values + own->at[i + 1], nn_layer_out(net, own->work, own->values, i),
               (size_t)nn_shape_len(nn_layer(net, i)->out) * sizeof *own->values);
    attribution_gradient(own->attributor, net, own->values, &own->ink);
}

/* ---- lines ----------------------------------------------------------------------------------- */

static bool is_row(struct nn_shape shape)
{
    return shape.rows == 1 && shape.cols == 1;
}

bool activations_has_lines(const struct activations *activations, int layer)
{
    return activations->lines[layer] != NULL;
}

static int compare_lines(const void *a, const void *b)
{
    const struct activations_line *one = a, *other = b;
    float p = fabsf(one->weight), q = fabsf(other->weight);
    if (p != q)
        return p < q ? 1 : -1;
    return one->to != other->to ? (one->to > other->to) - (one->to < other->to)
                                : (one->from > other->from) - (one->from < other->from);
}

/* Lists the terms of all neurons, and keeps the strongest: whenever there are twice as many as are
 * wanted they are sorted, and the weaker half goes. */
static int list_lines(const struct nn *net, int layer, struct nn_term *terms, int in,
                      struct activations_line *lines)
{
    int count = 0;
    for (int to = 0; to < nn_layer(net, layer)->out.channels; to++) {
        float bias;
        int found = nn_neuron(net, layer, to, terms, in, &bias);
        for (int k = 0; k < found && k < in; k++) {
            lines[count++] = (struct activations_line){terms[k].from, to, terms[k].weight};
            if (count < 2 * ACTIVATIONS_LINES_MAX)
                continue;
            qsort(lines, (size_t)count, sizeof *lines, compare_lines);
            count = ACTIVATIONS_LINES_MAX;
        }
    }
    qsort(lines, (size_t)count, sizeof *lines, compare_lines);
    return count < ACTIVATIONS_LINES_MAX ? count : ACTIVATIONS_LINES_MAX;
}

static bool find_lines(struct activations *own, const struct nn *net)
{
    for (int i = 0; i < NN_LAYERS_MAX; i++) {
        free(own->lines[i]);
        own->lines[i] = NULL;
    }
    for (int i = 1; i < own->layers; i++) {
        const struct nn_layer *layer = nn_layer(net, i);
        size_t in = (size_t)nn_shape_len(layer->in);
        if (!is_row(layer->in) || !is_row(layer->out) || layer->params == 0)
            continue;
        own->lines[i] = malloc(2 * ACTIVATIONS_LINES_MAX * sizeof *own->lines[i]);
        if (!own->lines[i] || !grow((void **)&own->terms, &own->term_room, in, sizeof *own->terms))
            return false;
        own->line_count[i] = list_lines(net, i, own->terms, (int)in, own->lines[i]);
    }
    return true;
}

bool activations_update(struct activations *activations, const struct kern *kern,
                        const struct reading_by *by, const struct ink_fit *fit)
{
    struct activations *own = activations;
    const struct nn *net = by->net;
    bool same = own->net == net && own->by.model == by->model && own->by.weights == by->weights;
    own->net = NULL;
    if (!net)
        return true;
    if (!same && !(suit_work(own, net, kern) && lay_out(own, net) && find_lines(own, net)))
        return false;
    if (!same || own->any != fit->any || memcmp(own->pixels, fit->pixels, sizeof own->pixels) != 0)
        run(own, net, fit);
    own->by = *by;
    own->net = net;
    return true;
}

/* ---- one neuron ------------------------------------------------------------------------------ */

static double value_of(const struct nn_term *term, const float *x)
{
    return (double)term->weight * (double)x[term->from];
}

/* Puts a term among the largest, which stay sorted. */
static void place_term(struct neuron_sum *sum, int term, const float *x)
{
    double value = fabs(value_of(&sum->terms[term], x));
    int at = sum->largest_count;
    while (at > 0 && value > fabs(value_of(&sum->terms[sum->largest[at - 1]], x)))
        at--;
    if (at == NEURON_LARGEST)
        return;
    if (sum->largest_count < NEURON_LARGEST)
        sum->largest_count++;
    memmove(sum->largest + at + 1, sum->largest + at,
            (size_t)(sum->largest_count - at - 1) * sizeof *sum->largest);
    sum->largest[at] = term;
}

bool activations_sum(struct activations *activations, int layer, int place, struct neuron_sum *sum)
{
    const struct nn *net = activations->net;
    const float *x = activations_of(activations, layer - 1);
    *sum = (struct neuron_sum){.layer = layer, .place = place};
    sum->a = activations_of(activations, layer)[place];
    sum->count = nn_neuron(net, layer, place, NULL, 0, &sum->bias);
    if (!grow((void **)&activations->terms, &activations->term_room, (size_t)sum->count,
              sizeof *activations->terms))
        return false;
    sum->terms = activations->terms;
    nn_neuron(net, layer, place, activations->terms, sum->count, &sum->bias);
    double all = 0;
    for (int k = 0; k < sum->count; k++) {
        all += value_of(&sum->terms[k], x);
        place_term(sum, k, x);
    }
    sum->z = (double)sum->bias + all;
    sum->others = all;
    for (int k = 0; k < sum->largest_count; k++)
        sum->others -= value_of(&sum->terms[sum->largest[k]], x);
    return true;
}
