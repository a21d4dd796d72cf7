/* SPDX-License-Identifier: MIT */
/* reader.c -- one picture through a network, and its first layer as pictures. */
#include "app/state/reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "ink/fit.h"
#include "model/model.h"
#include "train/rule.h"

enum { READER_DIGITS = 10 };

struct reader {
    const struct kern *kern;
    struct nn_work *work;
    char words[NN_WORDS_MAX]; /* of the network that `work` suits */
    const struct nn *packed;  /* whose weights are laid out in it, only to be compared, */
    uint64_t version;         /* and which of them */
    float x[FIT_LEN];
    struct reader_maps maps;
    float *values;            /* of the maps */
    size_t value_room;
};

struct reader *reader_new(const struct kern *kern)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (reader)
        reader->kern = kern;
    return reader;
}

void reader_free(struct reader *reader)
{
    if (!reader)
        return;
    nn_work_free(reader->work);
    free(reader->values);
    free(reader);
}

bool reader_fits(const struct nn *net, struct err *err)
{
    if (nn_in_len(net) == FIT_LEN && nn_out_len(net) == READER_DIGITS)
        return true;
    return err_set(err,
                   _("This network has %d inputs and %d outputs; reading a drawing takes %d and "
                     "%d."),
                   nn_in_len(net), nn_out_len(net), FIT_LEN, READER_DIGITS);
}

/* Scratch for this network; what is there is kept for any network of the same words. */
static bool suit_work(struct reader *reader, const struct nn *net, struct err *err)
{
    if (reader->work && strcmp(reader->words, nn_words(net)) == 0)
        return true;
    nn_work_free(reader->work);
    reader->maps.count = 0;
    reader->work = nn_work_new(net, reader->kern, 1, false, err);
    reader->packed = NULL;
    if (reader->work)
        strcpy(reader->words, nn_words(net));
    return reader->work != NULL;
}

static void rank_digits(struct answer *answer)
{
    for (int i = 0; i < READER_DIGITS; i++) {
        int at = i;
        while (at > 0 && answer->probability[i] > answer->probability[answer->order[at - 1]]) {
            answer->order[at] = answer->order[at - 1];
            at--;
        }
        answer->order[at] = i;
    }
}

static bool make_room(struct reader *reader, size_t len)
{
    if (len <= reader->value_room)
        return true;
    float *more = realloc(reader->values, len * sizeof *more);
    if (!more)
        return false;
    reader->values = more;
    reader->value_room = len;
    return true;
}

/* Puts all maps on one scale, so that a silent feature looks silent. */
static void scale_maps(float *values, size_t len)
{
    float most = 0;
    for (size_t i = 0; i < len; i++)
        most = fmaxf(most, fabsf(values[i]));
    for (size_t i = 0; i < len && most > 0; i++)
        values[i] /= most;
}

/* values[map][row][col] = out[row][col][map] */
static void gather_channels(const float *out, struct nn_shape shape, int count, float *values)
{
    int pixels = shape.rows * shape.cols;
    for (int map = 0; map < count; map++)
        for (int i = 0; i < pixels; i++)
            values[map * pixels + i] = out[i * shape.channels + map];
}

/* values[neuron][pixel] = x[pixel] * weight[pixel][neuron] */
static void weigh_pixels(const struct nn *net, const float *x, int count, float *values)
{
    int out = nn_layer(net, 0)->out.channels;
    const float *weight = nn_weights(net) + nn_tensor(net, 0)->at;
    memset(values, 0, (size_t)count * FIT_LEN * sizeof *values);
    for (int i = 0; i < FIT_LEN; i++)
        for (int neuron = 0; x[i] != 0 && neuron < count; neuron++)
            values[neuron * FIT_LEN + i] = x[i] * weight[(size_t)i * (size_t)out + (size_t)neuron];
}

/* Leaves the first layer's picture in reader->maps; none where memory is short, or where a network
 * begins with something else. */
static void map_first_layer(struct reader *reader, const struct nn *net)
{
    const struct nn_layer *layer = nn_layer(net, 0);
    struct nn_shape shape = layer->out;
    bool neurons = strncmp(layer->words, "dense", 5) == 0;
    int rows = neurons ? FIT_SIZE : shape.rows, cols = neurons ? FIT_SIZE : shape.cols;
    int count = shape.channels < READER_MAPS_MAX ? shape.channels : READER_MAPS_MAX;
    size_t len = (size_t)count * (size_t)rows * (size_t)cols;
    reader->maps = (struct reader_maps){0};
    if (!make_room(reader, len))
        return;
    if (neurons)
        weigh_pixels(net, reader->x, count, reader->values);
    else
        gather_channels(nn_layer_out(net, reader->work, reader->x, 0), shape, count,
                        reader->values);
    scale_maps(reader->values, len);
    reader->maps = (struct reader_maps){
        .count = count, .total = shape.channels, .rows = rows, .cols = cols,
        .values = reader->values, .neurons = neurons,
    };
}

/* Weights are laid out once for all the drawings that they read. */
static void pack_weights(struct reader *reader, const struct nn *net, uint64_t version)
{
    if (reader->packed == net && reader->version == version)
        return;
    nn_pack(net, reader->work);
    reader->packed = net;
    reader->version = version;
}

bool reader_read(struct reader *reader, const struct reading_by *by, const struct ink_fit *fit,
                 struct answer *answer, struct err *err)
{
    const struct nn *net = by->net;
    *answer = (struct answer){0};
    if (!suit_work(reader, net, err))
        return false;
    pack_weights(reader, net, by->weights ? by->weights : by->model);
    fit_floats(fit->pixels, 1, reader->x);
    map_first_layer(reader, net); /* first, for it uses the same scratch */
    double start = clock_seconds();
    const float *out = nn_predict(net, reader->work, reader->x, 1);
    answer->microseconds = 1e6 * (clock_seconds() - start);
    if (!fit->any)
        return true;
    struct verdict_probabilities read = verdict_read(net, out, by->rule.temperature);
    memcpy(answer->probability, read.of, sizeof answer->probability);
    answer->verdict = verdict_judge(&by->rule, &read);
    answer->guess = by->guess;
    if (by->guess)
        answer->verdict = verdict_of_guess(answer->verdict);
    answer->any = true;
    rank_digits(answer);
    return true;
}

struct reader_maps reader_first_layer(const struct reader *reader)
{
    return reader->maps;
}

struct reading_by reader_by(const struct model *model, uint64_t number)
{
    struct reading_by by = {.model = number};
    if (!model)
        return by;
    by.net = model->net;
    by.rule = rule_read(&model->record);
    by.guess = rule_guesses(&model->record);
    return by;
}
