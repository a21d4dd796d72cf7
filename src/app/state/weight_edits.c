/* SPDX-License-Identifier: MIT */
#include "app/state/weight_edits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "model/model.h"
#include "nn/nn.h"

void weight_edits_end(struct weight_edits *edits)
{
    nn_free(edits->net);
    free(edits->undo);
    *edits = (struct weight_edits){.changes = edits->changes + 1};
}

/* ---- one weight ------------------------------------------------------------------------------ */

static bool read_value(const struct nn *net, const struct weight_edit *edit, float *value)
{
    if (edit->layer < 0 || edit->layer >= nn_layer_count(net))
        return false;
    if (edit->place < 0 || edit->place >= nn_shape_len(nn_layer(net, edit->layer)->out))
        return false;
    if (edit->from == WEIGHT_BIAS)
        return nn_neuron(net, edit->layer, edit->place, NULL, 0, value) > 0;
    return nn_weight(net, edit->layer, edit->place, edit->from, value);
}

static bool set_value(struct nn *net, const struct weight_edit *edit)
{
    return edit->from == WEIGHT_BIAS
               ? nn_set_bias(net, edit->layer, edit->place, edit->value)
               : nn_set_weight(net, edit->layer, edit->place, edit->from, edit->value);
}

/* ---- edits ----------------------------------------------------------------------------------- */

static bool is_same_weight(const struct weight_edit *a, const struct weight_edit *b)
{
    return a->layer == b->layer && a->place == b->place && a->from == b->from;
}

static bool grow(struct weight_edits *edits)
{
    if (edits->count < edits->room)
        return true;
    int room = edits->room ? 2 * edits->room : 16;
    struct weight_edit *more = realloc(edits->undo, (size_t)room * sizeof *more);
    if (!more)
        return false;
    edits->undo = more;
    edits->room = room;
    return true;
}

static bool take_copy(struct weight_edits *edits, const struct model *model, uint64_t number,
                      struct err *err)
{
    if (edits->net && edits->model == number)
        return true;
    weight_edits_end(edits);
    edits->net = nn_copy(model->net, err);
    edits->model = number;
    return edits->net != NULL;
}

bool weight_edits_make(struct weight_edits *edits, const struct model *model, uint64_t number,
                       const struct weight_edit *edit, struct err *err)
{
    struct weight_edit before = *edit;
    if (!isfinite(edit->value))
        return err_set(err, _("A weight is a finite number."));
    if (!take_copy(edits, model, number, err))
        return false;
    if (!read_value(edits->net, edit, &before.value) || !set_value(edits->net, edit)) {
        if (edits->count == 0)
            weight_edits_end(edits);
        return err_set(err, _("%s has no such weight to change."), model_name(model));
    }
    bool again = edits->count > 0 && is_same_weight(&edits->undo[edits->count - 1], edit);
    if (!again && !grow(edits)) {
        set_value(edits->net, &before);
        return err_memory(err, _("the change"));
    }
    if (!again)
        edits->undo[edits->count++] = before;
    edits->changes++;
    return true;
}

void weight_edits_undo(struct weight_edits *edits)
{
    if (edits->count == 0)
        return;
    set_value(edits->net, &edits->undo[--edits->count]);
    edits->changes++;
    if (edits->count == 0)
        weight_edits_end(edits);
}

bool weight_edit_read(const char *text, struct weight_edit *edit)
{
    char from[16], rest;
    *edit = (struct weight_edit){0};
    if (sscanf(text, "%d %d %15s %f %c", &edit->layer, &edit->place, from, &edit->value, &rest) !=
        4)
        return false;
    edit->layer--;
    if (strcmp(from, "bias") == 0) {
        edit->from = WEIGHT_BIAS;
        return true;
    }
    return sscanf(from, "%d%c", &edit->from, &rest) == 1 && edit->from >= 0;
}

/* ---- keeping --------------------------------------------------------------------------------- */

/* What was found out about the weights as they were, and how to learn those. */
static const char *const past[] = {MODEL_COMMAND,    MODEL_SETTINGS,      MODEL_VALID_ACCURACY,
                                   MODEL_TEST_COUNT, MODEL_TEST_ACCURACY, MODEL_TEMPERATURE,
                                   MODEL_SURE,       MODEL_SPREAD,        MODEL_REST};

struct model *weight_edits_keep(const struct weight_edits *edits, const struct model *model,
                                struct err *err)
{
    char name[200];
    struct model *kept = model_copy(model, err);
    snprintf(name, sizeof name, "%.180s changed", model_name(model));
    bool named = kept && record_set(&kept->record, MODEL_NAME, name, err);
    for (size_t i = 0; i < sizeof past / sizeof *past && named; i++)
        named = record_set(&kept->record, past[i], NULL, err);
    if (!named) {
        model_free(kept);
        return NULL;
    }
    memcpy(nn_params(kept->net), nn_params(edits->net), nn_param_len(kept->net) * sizeof(float));
    return kept;
}
