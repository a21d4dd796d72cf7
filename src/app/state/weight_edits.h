/* weight_edits.h -- weights of the model in use that were changed by hand, in a copy that reads in
 * its place until it is put back, kept as a model, or another model is used.
 */
#ifndef APP_STATE_WEIGHT_EDITS_H
#define APP_STATE_WEIGHT_EDITS_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct model;
struct nn;

enum { WEIGHT_BIAS = -1 };

struct weight_edit {
    int layer, place; /* of the neuron in its layer's output */
    int from;         /* the input that the weight is on, or WEIGHT_BIAS */
    float value;
};

/* From zeros. */
struct weight_edits {
    struct nn *net;           /* as it is now; NULL: nothing was changed */
    uint64_t model;           /* the number of the model that it is a copy of */
    uint64_t changes;         /* ever made: no two states of the weights have the same */
    struct weight_edit *undo; /* the values before, the oldest first */
    int count, room;
};

void weight_edits_end(struct weight_edits *edits); /* puts all back, and frees what it holds */

/* Several in a row to one weight are one step of the undo. False with a sentence: there is no such
 * weight, or memory is short. */
bool weight_edits_make(struct weight_edits *edits, const struct model *model, uint64_t number,
                       const struct weight_edit *edit, struct err *err);
void weight_edits_undo(struct weight_edits *edits); /* the last one, where there is one */

/* "2 7 15 -0.5": the layer, counted from 1, as in the window; the neuron's place and the input,
 * from 0, or "bias"; the value. False: it says nothing of the kind. */
bool weight_edit_read(const char *text, struct weight_edit *edit);

/* A model of the changed weights, of which nothing is known that was measured before. NULL with a
 * sentence. */
struct model *weight_edits_keep(const struct weight_edits *edits, const struct model *model,
                                struct err *err);

#endif
