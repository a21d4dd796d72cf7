/* report.h -- what a trained model's file says about its training. */
#ifndef TRAIN_REPORT_H
#define TRAIN_REPORT_H

#include <stdbool.h>
#include <stddef.h>

struct dataset;
struct err;
struct model;
struct nn;
struct recipe;
struct record;
struct trainer_view;
struct unipen;

enum { REPORT_COMMAND_MAX = 4096 };

struct report {
    const struct trainer_view *view; /* as it was when the weights were taken */
    int epoch;                       /* that the weights are of; 0: the newest */
    const struct dataset *train;
    const struct dataset *test; /* or NULL */
    const struct unipen
        *strokes; /* those mixed in, or NULL; then their file and, where they were */
    const char *strokes_file, *writers; /* chosen, the list of writers; else NULL */
    int threads;                /* 0: one for each core */
};

/* The model that trained weights make, named by recipe_title and recorded: with batch norm folded
 * away (nn_fold)
 * and its weights as wide as the recipe says, with the rule that was fitted. Takes over the
 * network, also on failure: then NULL. */
struct model *report_model(const struct report *report, struct nn *net, struct err *err);

/* Fills in the keys of model/model.h, and "settings": the recipe in full (recipe_from_text). */
bool report_fill(const struct report *report, struct record *record, struct err *err);

/* Whether the record was filled for that very run: by this recipe, with this time on the clock. */
bool report_is_of(const struct record *record, const struct recipe *recipe, double seconds);

/* Adds to a sentence, which says why a model could not be saved, that the checkpoint of its run
 * holds its weights; so long as there is such a file. */
void report_name_checkpoint(const char *checkpoint, struct err *err);

/* The command that trains so again, for a POSIX shell, whatever the names in it are: `inkling train
 * --recipe NAME`, every setting that is not the built-in recipe's, and the strokes. text has
 * REPORT_COMMAND_MAX bytes; false, and an empty one, where that is too little. */
bool report_command(const struct report *report, char *text);

#endif
