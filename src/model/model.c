/* SPDX-License-Identifier: MIT */
#include "model/model.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "base/text.h"
#include "model/integrity.h"
#include "model/safetensors.h"
#include "model/weights.h"
#include "nn/nn.h"

enum { PICTURE_LEN = 28 * 28, MISSING_TEXT_MAX = 100 };

static const char words_key[] = "words", input_key[] = "input", layout_key[] = "layout";

static const char layout[] = N_(
    "rows of floats, last index fastest; images are [row][col][channel]; dense weight [in][out], "
    "bias [out]; conv weight [row][col][in][out], bias [out]; norm scale, shift, mean, variance "
    "[channel]");

/* The weights, and room for the header. */
static const size_t file_max = NN_PARAMS_MAX * sizeof(double) + SAFETENSORS_HEADER_MAX + 8;

/* ---- in memory ----------------------------------------------------------------------------- */

struct model *model_new(struct nn *net, const char *name, struct err *err)
{
    struct model *model = calloc(1, sizeof *model);
    if (!model) {
        nn_free(net);
        err_memory(err, _("a model"));
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
                      : err_memory(err, _("the model's name"));
    free(name);
    return named;
}

const char *model_input(const struct nn *net)
{
    if (nn_in_len(net) == PICTURE_LEN)
        return _("28x28 grey, ink 1, paper 0; ink fitted to 20x20, centre of mass at pixel 14,14");
    return "numbers";
}

/* ---- loading ------------------------------------------------------------------------------- */

/* Where the file does not say it, check_origin() has been told. */
static bool check_input(const struct safetensors *file, const struct nn *net, struct err *err)
{
    const char *input = record_get(&file->record, input_key);
    if (!input || strcmp(input, model_input(net)) == 0)
        return true;
    return err_set(err,
                   _("%s was trained on pictures of another kind (%.80s) than this program "
                     "makes; train a new one."),
                   file->label, input);
}

/* The texts that each save writes and this file lacks, as a list for a sentence; "": none. */
static char *list_missing(const struct safetensors *file, char list[MISSING_TEXT_MAX])
{
    const char *keys[INTEGRITY_KEYS + 2];
    int count = integrity_missing(file, INTEGRITY_MODEL, keys);
    if (!record_get(&file->record, words_key))
        keys[count++] = words_key;
    if (!record_get(&file->record, input_key))
        keys[count++] = input_key;
    list[0] = 0;
    for (int i = 0; i < count; i++) {
        size_t used = strlen(list);
        snprintf(list + used, MISSING_TEXT_MAX - used, "%s\"%s\"",
                 i == 0 ? "" : i < count - 1 ? ", " : " and ", keys[i]);
    }
    return list;
}

/* Whether it says which network its arrays make; nothing else can say that. */
static bool check_words(const struct safetensors *file, struct err *err)
{
    char missing[MISSING_TEXT_MAX];
    return record_get(&file->record, words_key) ||
           err_set(err,
                   _("%s does not say which network its arrays make: its metadata lacks %s; "
                     "open a file that this program saved, or train a new one."),
                   file->label, list_missing(file, missing));
}

/* Whether it is as this program saved it. */
static bool check_origin(const struct safetensors *file, struct err *err)
{
    char missing[MISSING_TEXT_MAX];
    if (list_missing(file, missing)[0])
        return err_set(err,
                       _("%s was saved anew by another program, for its metadata lacks %s; fetch "
                         "it again, or open it all the same."),
                       file->label, missing);
    return safetensors_verify(file, NULL) ||
           err_set(err,
                   _("%s was changed since it was saved, by another program or by damage; fetch "
                     "it again, or open it all the same."),
                   file->label);
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
    return record_copy(record, &file->record, err) && integrity_strip(record) &&
           record_set(record, words_key, NULL, err) && record_set(record, input_key, NULL, err) &&
           record_set(record, layout_key, NULL, err);
}

/* Arrays that the network does not need are passed over. */
static struct nn *read_net(const struct safetensors *file, struct err *err)
{
    if (!integrity_suits(file, INTEGRITY_MODEL, MODEL_FORMAT_VERSION, err) ||
        !check_words(file, err))
        return NULL;
    struct nn *net = weights_load(file, record_get(&file->record, words_key), "", err);
    if (net && check_input(file, net, err))
        return net;
    nn_free(net);
    return NULL;
}

/* `changed` may be NULL. */
static struct model *read_model(const struct safetensors *file, bool trust, bool *changed,
                                struct err *err)
{
    struct nn *net = read_net(file, err);
    if (!net)
        return NULL;
    if (!trust && !check_origin(file, err)) {
        if (changed)
            *changed = true;
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

struct model *model_open(const char *path, bool trust, bool *changed, struct err *err)
{
    if (changed)
        *changed = false;
    struct safetensors *file = safetensors_load(path, file_max, err);
    struct model *model = file ? read_model(file, trust, changed, err) : NULL;
    safetensors_free(file);
    return model;
}

struct model *model_load(const char *path, struct err *err)
{
    return model_open(path, false, NULL, err);
}

struct model *model_load_memory(const char *label, const void *bytes, size_t size,
                                struct err *err)
{
    struct safetensors *file = safetensors_open(label, bytes, size, err);
    struct model *model = file ? read_model(file, false, NULL, err) : NULL;
    safetensors_free(file);
    return model;
}

void model_say_trust(struct err *err)
{
    size_t len = strlen(err->text);
    if (len > 0 && err->text[len - 1] == '.')
        len--;
    snprintf(err->text + len, sizeof err->text - len, " with --trust.");
}

/* ---- saving -------------------------------------------------------------------------------- */

static bool fill_record(struct record *record, const struct model *model, struct err *err)
{
    return record_copy(record, &model->record, err) &&
           integrity_seal(record, INTEGRITY_MODEL, MODEL_FORMAT_VERSION, err) &&
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
    if (!weights_check(model->net, _("The network"), err))
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
        err_memory(err, _("saving"));
    }
    record_clear(&record);
    free(arrays);
    free(halves);
    return ok;
}
