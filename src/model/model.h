/* model.h -- a network as a file.
 *
 * A model is a network and a record of how it came about. Its file (see safetensors.h) has one
 * array for each of the network's tensors, under their names and in the layouts of nn.h, and in
 * its metadata
 *
 *   format          "inkling"
 *   format_version  "1"
 *   words           the network in words, as nn_words() writes them
 *   input           what the network wants to see, one of the sentences of model_input()
 *   layout          how the arrays are laid out, for people who open the file elsewhere
 *   crc32           see safetensors.h
 *
 * and the record. The keys above belong to the file: they are written anew with each save, and
 * are not found in the record of a loaded model.
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>

#include "model/record.h"

struct err;
struct nn;

enum { MODEL_FORMAT_VERSION = 1 };

/* What stands in a record, where it is known. Numbers are set and read by record.h's helpers. */
#define MODEL_NAME          "name"          /* for people: "nielsen-30" */
#define MODEL_RECIPE        "recipe"
#define MODEL_COMMAND       "command"       /* what to type to get this model again */
#define MODEL_DATA          "data"          /* "MNIST", "synthetic", ... */
#define MODEL_IMAGES        "images"        /* count: trained on in each epoch */
#define MODEL_EPOCHS        "epochs"        /* count */
#define MODEL_BATCH         "batch"         /* count */
#define MODEL_RATE          "rate"          /* number */
#define MODEL_SCHEDULE      "schedule"
#define MODEL_OPTIMISER     "optimiser"
#define MODEL_COST          "cost"
#define MODEL_AUGMENTATION  "augmentation"
#define MODEL_SEED          "seed"          /* count */
#define MODEL_THREADS       "threads"       /* count */
#define MODEL_SETTINGS      "settings" /* the recipe in full: train/recipe.h's recipe_from_text */
#define MODEL_SECONDS       "seconds"       /* number: training alone */
#define MODEL_TEST_ACCURACY "test_accuracy" /* number, 0 to 1 */
#define MODEL_TEST_COUNT    "test_count"    /* count: images of the test */
#define MODEL_VALID_ACCURACY "valid_accuracy" /* number, 0 to 1: on images held back */
#define MODEL_DATE          "date"          /* "2026-11-22" */
#define MODEL_OWN_DIGITS    "own_digits"    /* count: of one hand, that it was tuned on */
#define MODEL_PROGRAM       "program"       /* "inkling 0.1.0" */
#define MODEL_TEMPERATURE   "temperature"   /* number: logits are divided by it to be honest */
#define MODEL_SURE           "sure" /* number: see struct verdict_rule in train/verdict.h; */
#define MODEL_SPREAD        "spread"        /* likewise; and */
#define MODEL_REST          "rest"          /* likewise */

struct model {
    struct nn *net;
    struct record record;
    bool half; /* its weights stand, or shall stand, in the file as 16-bit floats: half the size */
};

/* A model of this network, which it takes over: also on failure. */
struct model *model_new(struct nn *net, const char *name, struct err *err);
struct model *model_copy(const struct model *model, struct err *err);
void model_free(struct model *model); /* NULL is fine */

const char *model_name(const struct model *model); /* "unnamed" where the record has none */

/* Names it after the file that it is to be saved to: anna.safetensors holds "anna". False, and the
 * name as it was, where memory is short. */
bool model_name_after(struct model *model, const char *path, struct err *err);

/* What a network sees, in one line: how a digit is prepared if it takes 28 x 28 inputs, "numbers"
 * if any other count. Lives for ever. */
const char *model_input(const struct nn *net);

/* NULL, with a sentence that names the file and the remedy: no such file, damaged anywhere, of a
 * newer version, no model of ours, arrays missing or of a wrong shape, numbers that are not
 * finite. Arrays may hold floats of 16 bits (either kind), 32 or 64; others than the network's are
 * passed over. */
struct model *model_load(const char *path, struct err *err);

/* The same, and with `trust` a file that another program saved anew, or damage changed, opens too,
 * so long as it says its words and its arrays fit. *changed (which may be NULL): only that is in
 * the way, so that the person can be asked. */
struct model *model_open(const char *path, bool trust, bool *changed, struct err *err);

/* Makes the sentence of a changed file one for the command line. */
void model_say_trust(struct err *err);

/* The same from bytes in memory, which may go afterwards. `label` is what sentences call them. */
struct model *model_load_memory(const char *label, const void *bytes, size_t size,
                                struct err *err);

/* Saves atomically: an old file of that name survives any failure. Arrays with a weight that is too
 * large for 16 bits stay at 32. */
bool model_save(const struct model *model, const char *path, struct err *err);

#endif
