/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/text.h"
#include "model/envelope.h"
#include "model/safetensors.h"
#include "model/weights.h"
#include "nn/nn.h"

enum { PICTURE_LEN = 28 * 28 };

static const char words_key[] = "words", input_key[] = "input", layout_key[] = "layout";

static const char layout[] =
    "rows of floats, last index fastest; images are [row][col][channel]; dense weight [in][out], "
    "bias [out]; conv weight [row][col][in][out], bias [out]; norm scale, shift, mean, variance "
    "[channel]";

/* The weights, and room for the header. */
static const size_t file_max = NN_PARAMS_MAX * sizeof(float) + SAFETENSORS_HEADER_MAX + 8;

/* ---- in memory ----------------------------------------------------------------------------- */

struct model *model_new(struct nn *net, const char *name, struct err *err)
{
    struct model *model = calloc(1, sizeof *model);
    if (!model) {
        nn_free(net);
        err_memory(err, "a model");
        return NULL;
    }
    model->net = net;
    if (!record_set(&model->record, MODEL_NAME, name, err)) {
        model_free(model);
        return NULL;
    }
    return model;
}

struct model *model_copy(const struct model *model, struct err *err)
{
    struct nn *net = nn_copy(model->net, err);
    struct model *copy = net ? model_new(net, NULL, err) : NULL;
    if (copy)
        copy->half = model->half;
    if (copy && !record_copy(&copy->record, &model->record, err)) {
        model_free(copy);
        return NULL;
    }
    return copy;
}

void model_free(struct model *model)
{
    if (!model)
        return;
    nn_free(model->net);
    record_clear(&model->record);
    free(model);
}

const char *model_name(const struct model *model)
{
    const char *name = record_get(&model->record, MODEL_NAME);
    return name && *name ? name : "unnamed";
}

bool model_name_after(struct model *model, const char *path, struct err *err)
{
    static const char ends[] = ".safetensors";
    const char *file = files_name(path);
    size_t len = strlen(file);
    if (text_ends_with(file, ends))
        len -= strlen(ends);
    char *name = strndup(file, len);
    bool named = name ? record_set(&model->record, MODEL_NAME, len > 0 ? name : file, err)
                      : err_memory(err, "the model's name");
    free(name);
    return named;
}

const char *model_input(const struct nn *net)
{
    if (nn_in_len(net) == PICTURE_LEN)
        return "28x28 grey, ink 1, paper 0; ink fitted to 20x20, centre of mass at pixel 14,14";
    return "numbers";
}

/* ---- loading ------------------------------------------------------------------------------- */

static bool check_input(const struct safetensors *file, const struct nn *net, struct err *err)
{
    const char *input = record_get(&file->record, input_key);
    if (input && strcmp(input, model_input(net)) == 0)
        return true;
    return err_set(err, "%s was trained on pictures of another kind (%.80s) than this program "
                   "makes; train a new one.", file->label, input ? input : "it does not say which");
}

static bool check_count(const struct safetensors *file, const struct nn *net, struct err *err)
{
    if (file->count == nn_tensor_count(net))
        return true;
    return err_set(err, "%s holds %d arrays, and its network has %d; fetch it again or train a "
                   "new one.", file->label, file->count, nn_tensor_count(net));
}

static bool has_halves(const struct safetensors *file)
{
    for (int i = 0; i < file->count; i++)
        if (strcmp(file->arrays[i].dtype, "F16") == 0)
            return true;
    return false;
}

/* The record without the keys that each save writes anew. */
static bool load_record(struct record *record, const struct safetensors *file, struct err *err)
{
    return record_copy(record, &file->record, err) && envelope_strip(record) &&
           record_set(record, words_key, NULL, err) && record_set(record, input_key, NULL, err) &&
           record_set(record, layout_key, NULL, err);
}

static struct model *read_model(const struct safetensors *file, struct err *err)
{
    const char *words = record_get(&file->record, words_key);
    if (!envelope_open(file, ENVELOPE_MODEL, MODEL_FORMAT_VERSION, err))
        return NULL;
    struct nn *net = weights_load(file, words ? words : "", "", err);
    if (!net)
        return NULL;
    if (!check_count(file, net, err) || !check_input(file, net, err)) {
        nn_free(net);
        return NULL;
    }
    struct model *model = model_new(net, NULL, err);
    if (model)
        model->half = has_halves(file);
    if (model && !load_record(&model->record, file, err)) {
        model_free(model);
        return NULL;
    }
    return model;
}

struct model *model_load(const char *path, struct err *err)
{
    struct safetensors *file = safetensors_load(path, file_max, err);
    struct model *model = file ? read_model(file, err) : NULL;
    safetensors_free(file);
    return model;
}

struct model *model_load_memory(const char *label, const void *bytes, size_t size,
                                struct err *err)
{
    struct safetensors *file = safetensors_open(label, bytes, size, err);
    struct model *model = file ? read_model(file, err) : NULL;
    safetensors_free(file);
    return model;
}

/* ---- saving -------------------------------------------------------------------------------- */

static bool fill_record(struct record *record, const struct model *model, struct err *err)
{
    return record_copy(record, &model->record, err) &&
           envelope_seal(record, ENVELOPE_MODEL, MODEL_FORMAT_VERSION, err) &&
           record_set(record, words_key, nn_words(model->net), err) &&
           record_set(record, input_key, model_input(model->net), err) &&
           record_set(record, layout_key, layout, err);
}

static void halve_arrays(const struct model *model, struct safetensors_array *arrays,
                         uint16_t *halves)
{
    for (int i = 0; i < nn_tensor_count(model->net); i++)
        safetensors_halve(&arrays[i], halves + nn_tensor(model->net, i)->at);
}

bool model_save(const struct model *model, const char *path, struct err *err)
{
    int count = nn_tensor_count(model->net);
    struct record record = {0};
    if (!weights_check(model->net, "The network", err))
        return false;
    struct safetensors_array *arrays = calloc((size_t)count + 1, sizeof *arrays);
    uint16_t *halves = malloc(nn_param_len(model->net) * sizeof *halves);
    bool ok = arrays && halves && fill_record(&record, model, err);
    if (ok) {
        weights_list(model->net, "", arrays);
        if (model->half)
            halve_arrays(model, arrays, halves);
        ok = safetensors_save(path, arrays, count, &record, err);
    } else if (!arrays || !halves) {
        err_memory(err, "saving");
    }
    record_clear(&record);
    free(arrays);
    free(halves);
    return ok;
}
