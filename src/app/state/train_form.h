/* train_form.h -- a recipe in the making: what a person sets before a network is taught.
 *
 * The form holds a struct recipe and, beside it, the two settings that are written in words as
 * they stand in their fields. train_form_check() is called after every change; it takes over the
 * words that make sense, and keeps a sentence for what does not. One can train by form->recipe
 * exactly when train_form_ready() says so.
 */
#ifndef APP_STATE_TRAIN_FORM_H
#define APP_STATE_TRAIN_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "train/recipe.h"

/* Images that the window holds back for its validation curve. */
enum { TRAIN_HOLD_BACK = 10000 };

/* Augmentation as one word; CUSTOM is any other mixture. */
enum train_augment { TRAIN_AUGMENT_NONE, TRAIN_AUGMENT_LIGHT, TRAIN_AUGMENT_STRONG,
                     TRAIN_AUGMENT_CUSTOM, TRAIN_AUGMENT_COUNT };

enum { TRAIN_LAYERS_TEXT_MAX = 1600 };

struct train_form {
    struct recipe recipe;
    char net[NN_WORDS_MAX];          /* as in the field, each layer on a line of its own */
    char augment[AUGMENT_WORDS_MAX]; /* likewise */
    bool custom_augment;             /* its words are shown, whatever they say */
    uint32_t images;                 /* of the whole training set; 0: not known yet */
    bool following;                  /* it has taken over the recipe of the run under way */

    /* What train_form_check() found; "" where there is nothing to say. */
    uint64_t checks;                     /* how often it looked: another number, another form */
    struct err net_error, augment_error; /* what is wrong with the words */
    struct err error;                    /* why one cannot train by it, those two included */
    bool changed;                        /* differs from the recipe that it began as */
    size_t params, multiplications;      /* of the network, while its words make sense */
    char layers[TRAIN_LAYERS_TEXT_MAX];  /* a line for each: words, output's shape, parameters */
};

/* Fills the form from a built-in recipe, with images held back for validation where it has none.
 * `images` as in the struct. */
void train_form_choose(struct train_form *form, const struct recipe *recipe, uint32_t images);

/* Fills the form with exactly this recipe: that of a run under way. */
void train_form_set(struct train_form *form, const struct recipe *recipe);

/* Back to the built-in recipe that it began as. */
void train_form_reset(struct train_form *form);

/* Another training set, of so many images. */
void train_form_set_images(struct train_form *form, uint32_t images);

/* While a run is under way the form is what it is trained by: takes its recipe over, once. NULL:
 * none is. */
void train_form_follow(struct train_form *form, const struct recipe *under_way);

/* One setting by its name in the recipe ("rate", "net"), as a text. False with a sentence where
 * there is none of that name, or the value makes no sense for it. */
bool train_form_set_value(struct train_form *form, const char *key, const char *value,
                          struct err *err);

void train_form_check(struct train_form *form);
bool train_form_ready(const struct train_form *form);

/* Which built-in recipe it began as, or -1. */
int train_form_recipe(const struct train_form *form);

enum train_augment train_form_augment(const struct train_form *form);
const char *train_augment_name(enum train_augment augment);
/* CUSTOM leaves the words as they are and opens them to be changed. */
void train_form_set_augment(struct train_form *form, enum train_augment augment);

/* Momentum and Adam get their customary constants where the form has none yet. */
void train_form_set_optimiser(struct train_form *form, enum optim_kind kind);

/* "11,274 parameters · 0.48 M multiplications"; room for at least 80 bytes. */
char *train_form_summary(const struct train_form *form, char *text, size_t room);

/* A float as the decimal number that a person would have typed for it: 0.003, not 0.00300000003. */
double train_form_decimal(float value);

#endif
