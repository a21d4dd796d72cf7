/* recipe.h -- everything that decides how a network is taught, as one plain value.
 *
 * The same recipe, data and kernels give the same weights, to the bit, for any number of threads. A
 * recipe starts as a copy of a built-in one; its settings are then changed by name, with the same
 * names and the same texts in the window, on the command line, in checkpoints and in model files:
 *
 *   net        "784-30-10", see nn.h           batch      images in a mini-batch
 *   cost       quadratic, cross-entropy        epochs
 *   start      book, auto: how weights start   augment    see data/augment.h; "none"
 *   optimiser  sgd, momentum, adam             smoothing  0 .. 0.5: of the wanted answers
 *   beta1, beta2, decay, l2: see nn/optim.h    averaging  0 .. 0.99999: of the weights; 0 is off
 *   schedule   constant, one-cycle, triangle   images     train on the first N at most; 0 is all
 *   rising     part of it on the way up        hold-back  the last N are for validation
 *   rate       the constant or highest rate    seed
 *   weights    single, half: 32 or 16 bits each in the model's file
 *   stroke-share, drawn-share, outlier-share: pen strokes, digits that the program draws itself,
 * and what is no digit, for each picture; see sampler.h
 */
#ifndef TRAIN_RECIPE_H
#define TRAIN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/augment.h"
#include "nn/nn.h"
#include "nn/optim.h"

struct err;

enum {
    RECIPE_EPOCHS_MAX = 1000,
    RECIPE_BATCH_MAX = 4096,
    RECIPE_VALUE_MAX = NN_WORDS_MAX, /* bytes of any setting as text */
    RECIPE_TITLE_MAX = 48,
    RECIPE_CHANGES_MAX = 400,
};

struct recipe {
    char name[32];          /* the built-in one that it came from */
    char about[200];        /* one line for people */
    char net[NN_WORDS_MAX]; /* the network in words */
    enum nn_cost cost;
    enum nn_start start;
    struct optim_spec optim;
    struct schedule schedule; /* with the learning rate */
    int batch, epochs;
    struct augment_spec augment;
    float stroke_share; /* pen strokes for each picture of the training set, where there are any */
    float drawn_share;  /* and digits that the program draws itself, */
    float outlier_share; /* and scribbles and letters, so that it learns to doubt */
    float smoothing;    /* wanted answers are 1 - s + s/10 and s/10 instead of 1 and 0 */
    float averaging;    /* after each step: average = a * average + (1 - a) * weights */
    uint32_t images;    /* train on the first so many that are not held back; 0 is all */
    uint32_t hold_back; /* the last so many of the training set are for validation */
    bool half;          /* the model's weights are saved as 16-bit floats */
    uint64_t seed;
};

/* The built-in ones, in the order in which a person should meet them. */
int recipe_count(void);
const struct recipe *recipe_at(int i);

/* Copies the built-in recipe of that name. False, with the one that was
 * probably meant or the names that there are. */
bool recipe_find(const char *name, struct recipe *recipe, struct err *err);

/* Settings by name. recipe_key(i) is NULL past the last. recipe_set changes nothing where it
 * fails; it looks at one value alone, recipe_check at how they go together. */
const char *recipe_key(int i);
bool recipe_set(struct recipe *recipe, const char *key, const char *value, struct err *err);
bool recipe_get(const struct recipe *recipe, const char *key, char value[RECIPE_VALUE_MAX]);

/* What to call it, and what it trains, for people: "swift", or "swift, changed" where a setting is
 * not the built-in recipe's. Which images, and where chance begins, make no other recipe of it.
 * `title` has RECIPE_TITLE_MAX bytes. Returns title. */
char *recipe_title(const struct recipe *recipe, char *title);

/* What is not the built-in recipe's, which images among it, but without the seed: "epochs 3, rate
 * 0.5", or "". What has no room is an ellipsis; `text` has RECIPE_CHANGES_MAX bytes. Returns text.
 */
char *recipe_changes(const struct recipe *recipe, char *text);

/* Whether one can train by it: the network stands, can learn and has ten answers, the cost suits
 * its last layer, and so on. If not, the sentence says what to change. */
bool recipe_check(const struct recipe *recipe, struct err *err);

/* Which of `count` images are for training, 0 .. *train - 1, and which for validation,
 * count - *valid .. count - 1. False where too few remain to train on. */
bool recipe_split(const struct recipe *recipe, uint32_t count, uint32_t *train, uint32_t *valid,
                  struct err *err);

/* All settings as lines of "key value", and back; for checkpoints and model files. The caller frees
 * the text. Reading starts from the built-in recipe whose name it finds, and checks the result. */
char *recipe_to_text(const struct recipe *recipe, struct err *err);
bool recipe_from_text(const char *text, struct recipe *recipe, struct err *err);

#endif
