/* SPDX-License-Identifier: MIT */
#include "model/checkpoint.h"

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "model/integrity.h"
#include "model/safetensors.h"
#include "model/weights.h"
#include "nn/nn.h"

/* Either a network or floats, and either borrowed or, after loading, the checkpoint's own. */
struct checkpoint_item {
    char name[CHECKPOINT_NAME_MAX];
    const struct nn *net;
    const float *data;
    size_t len;
    struct nn *own_net;
    float *own_data;
};

static const char words_prefix[] = "words.";

enum { KEY_MAX = sizeof words_prefix + CHECKPOINT_NAME_MAX, PREFIX_MAX = CHECKPOINT_NAME_MAX + 1 };

/* Two networks, two moments for each weight, and a good deal more. */
static const size_t file_max = 6 * NN_PARAMS_MAX * sizeof(float);

struct checkpoint *checkpoint_new(struct err *err)
{
    struct checkpoint *point = calloc(1, sizeof *point);
    struct checkpoint_item *items = calloc(CHECKPOINT_ITEMS_MAX, sizeof *items);
    if (!point || !items) {
        free(point);
        free(items);
        err_memory(err, _("a checkpoint"));
        return NULL;
    }
    point->items = items;
    return point;
}

void checkpoint_free(struct checkpoint *point)
{
    if (!point)
        return;
    for (int i = 0; i < point->count; i++) {
        nn_free(point->items[i].own_net);
        free(point->items[i].own_data);
    }
    record_clear(&point->record);
    free(point->items);
    free(point);
}

/* ---- what is in it ------------------------------------------------------------------------- */

static struct checkpoint_item *find_item(const struct checkpoint *point, const char *name)
{
    for (int i = 0; i < point->count; i++)
        if (strcmp(point->items[i].name, name) == 0)
            return &point->items[i];
    return NULL;
}

static bool is_name(const char *name)
{
    size_t len = strlen(name);
    return len > 0 && len < CHECKPOINT_NAME_MAX &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == len;
}

static struct checkpoint_item *add_item(struct checkpoint *point, const char *name,
                                        struct err *err)
{
    if (!is_name(name) || find_item(point, name) || point->count >= CHECKPOINT_ITEMS_MAX) {
        err_set(err, _("A checkpoint cannot hold another \"%.60s\"."), name);
        return NULL;
    }
    struct checkpoint_item *item = &point->items[point->count++];
    memcpy(item->name, name, strlen(name) + 1);
    return item;
}

bool checkpoint_add_net(struct checkpoint *point, const char *name, const struct nn *net,
                        struct err *err)
{
    struct checkpoint_item *item = add_item(point, name, err);
    if (item)
        item->net = net;
    return item != NULL;
}

bool checkpoint_add_floats(struct checkpoint *point, const char *name, const float *data,
                           size_t len, struct err *err)
{
    if (len > INT_MAX)
        return err_set(err, _("\"%.60s\" is too long for a checkpoint."), name);
    struct checkpoint_item *item = add_item(point, name, err);
    if (item) {
        item->data = data;
        item->len = len;
    }
    return item != NULL;
}

struct nn *checkpoint_net(const struct checkpoint *point, const char *name, struct err *err)
{
    const struct checkpoint_item *item = find_item(point, name);
    if (item && item->net)
        return nn_copy(item->net, err);
    err_set(err, _("The checkpoint has no network \"%.60s\"; start a new training."), name);
    return NULL;
}

const float *checkpoint_floats(const struct checkpoint *point, const char *name, size_t *len,
                               struct err *err)
{
    const struct checkpoint_item *item = find_item(point, name);
    if (!item || item->net) {
        err_set(err, _("The checkpoint has no \"%.60s\"; start a new training."), name);
        return NULL;
    }
    *len = item->len;
    return item->data;
}

/* ---- saving -------------------------------------------------------------------------------- */

static int count_arrays(const struct checkpoint *point)
{
    int count = 0;
    for (int i = 0; i < point->count; i++)
        count += point->items[i].net ? nn_tensor_count(point->items[i].net) : 1;
    return count;
}

static bool list_net(const struct checkpoint_item *item, struct record *record,
                     struct safetensors_array *arrays, struct err *err)
{
    char key[KEY_MAX], prefix[PREFIX_MAX];
    snprintf(key, sizeof key, "%s%s", words_prefix, item->name);
    snprintf(prefix, sizeof prefix, "%s.", item->name);
    weights_list(item->net, prefix, arrays);
    return weights_check(item->net, _("The network"), err) &&
           record_set(record, key, nn_words(item->net), err);
}

static bool list_items(const struct checkpoint *point, struct record *record,
                       struct safetensors_array *arrays, struct err *err)
{
    for (int i = 0; i < point->count; i++) {
        const struct checkpoint_item *item = &point->items[i];
        int len = (int)item->len;
        if (!item->net)
            *arrays++ = safetensors_array(item->name, 1, &len, item->data);
        else if (list_net(item, record, arrays, err))
            arrays += nn_tensor_count(item->net);
        else
            return false;
    }
    return true;
}

bool checkpoint_save(const struct checkpoint *point, const char *path, struct err *err)
{
    int count = count_arrays(point);
    struct record record = {0};
    struct safetensors_array *arrays = calloc((size_t)count + 1, sizeof *arrays);
    if (!arrays)
        return err_memory(err, _("saving"));
    bool ok = record_copy(&record, &point->record, err) &&
              integrity_seal(&record, INTEGRITY_CHECKPOINT, CHECKPOINT_FORMAT_VERSION, err) &&
              list_items(point, &record, arrays, err) &&
              safetensors_save(path, arrays, count, &record, err);
    record_clear(&record);
    free(arrays);
    return ok;
}

/* ---- loading ------------------------------------------------------------------------------- */

static bool load_net(struct checkpoint *point, const struct safetensors *file, const char *name,
                     const char *words, struct err *err)
{
    char prefix[PREFIX_MAX];
    struct checkpoint_item *item = add_item(point, name, err);
    if (!item)
        return false;
    snprintf(prefix, sizeof prefix, "%s.", item->name);
    item->own_net = weights_load(file, words, prefix, err);
    item->net = item->own_net;
    return item->net != NULL;
}

static bool load_nets(struct checkpoint *point, const struct safetensors *file, struct err *err)
{
    size_t len = strlen(words_prefix);
    for (int i = 0; i < file->record.count; i++) {
        const char *key = file->record.items[i].key, *words = file->record.items[i].value;
        if (strncmp(key, words_prefix, len) == 0 && !load_net(point, file, key + len, words, err))
            return false;
    }
    return true;
}

static bool load_floats(struct checkpoint *point, const struct safetensors *file,
                        const struct safetensors_array *array, struct err *err)
{
    struct checkpoint_item *item = add_item(point, array->name, err);
    if (!item)
        return false;
    item->own_data = calloc(array->len + 1, sizeof(float));
    item->data = item->own_data;
    item->len = array->len;
    return item->data ? safetensors_floats(file, array, item->own_data, err)
                      : err_memory(err, file->label);
}

/* Floats have no dot in their names, arrays of networks have one. */
static bool load_items(struct checkpoint *point, const struct safetensors *file, struct err *err)
{
    if (!load_nets(point, file, err))
        return false;
    for (int i = 0; i < file->count; i++)
        if (!strchr(file->arrays[i].name, '.') &&
            !load_floats(point, file, &file->arrays[i], err))
            return false;
    if (count_arrays(point) != file->count)
        return err_set(err,
                       _("%s holds arrays that belong to none of its networks; start a new "
                         "training."),
                       file->label);
    return true;
}

/* The record without the keys that each save writes anew. */
static bool load_record(struct checkpoint *point, const struct safetensors *file, struct err *err)
{
    char key[KEY_MAX];
    if (!record_copy(&point->record, &file->record, err))
        return false;
    integrity_strip(&point->record);
    for (int i = 0; i < point->count; i++) {
        snprintf(key, sizeof key, "%s%s", words_prefix, point->items[i].name);
        if (point->items[i].net)
            record_set(&point->record, key, NULL, NULL);
    }
    return true;
}

static struct checkpoint *read_checkpoint(const struct safetensors *file, struct err *err)
{
    if (!integrity_open(file, INTEGRITY_CHECKPOINT, CHECKPOINT_FORMAT_VERSION, err))
        return NULL;
    struct checkpoint *point = checkpoint_new(err);
    if (point && load_items(point, file, err) && load_record(point, file, err))
        return point;
    checkpoint_free(point);
    return NULL;
}

struct checkpoint *checkpoint_load(const char *path, struct err *err)
{
    struct safetensors *file = safetensors_load(path, file_max, err);
    struct checkpoint *point = file ? read_checkpoint(file, err) : NULL;
    safetensors_free(file);
    return point;
}

bool checkpoint_peek(const char *path, struct record *record, struct err *err)
{
    struct safetensors *file = safetensors_peek(path, err);
    bool ok = file && integrity_look(file, INTEGRITY_CHECKPOINT, CHECKPOINT_FORMAT_VERSION, err) &&
              record_copy(record, &file->record, err);
    if (ok)
        integrity_strip(record);
    safetensors_free(file);
    return ok;
}
