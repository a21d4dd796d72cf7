/* SPDX-License-Identifier: MIT */
#include "train_helpers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "data/synthetic.h"
#include "kern/kern.h"
#include "train/run.h"

struct dataset *draw_digits(uint32_t count)
{
    struct err err = {""};
    struct dataset *set = synthetic_new(7, DATASET_TRAIN, count, &err);
    ck_assert_msg(set != NULL, "%s", err.text);
    return set;
}

const struct recipe_kind recipe_kinds[RECIPE_KINDS] = {
    {"nielsen-30", "epochs 2; batch 10"},
    {"swift", "epochs 2; batch 100; net conv 4 5x5 stride 3 norm relu, dense 10 softmax"},
    {"best",
     "epochs 2; batch 130; net conv 4 5x5 stride 3 norm relu, dropout 0.3, dense 10 softmax"},
    {"nielsen-30", "epochs 3; batch 64; net 784-12-10; hold-back 100; optimiser momentum; "
                   "beta1 0.5; l2 0.001; rate 0.3"},
};

struct recipe make_recipe(const char *name, const char *changes)
{
    struct recipe recipe;
    struct err err = {""};
    ck_assert_msg(recipe_find(name, &recipe, &err), "%s", err.text);
    char text[RECIPE_VALUE_MAX], *rest = text;
    snprintf(text, sizeof text, "%s", changes);
    for (char *change = strsep(&rest, ";"); change && *change; change = strsep(&rest, ";")) {
        char *value = change + strspn(change, " "), *key = strsep(&value, " ");
        ck_assert_msg(recipe_set(&recipe, key, value, &err), "%s", err.text);
    }
    return recipe;
}

struct run *start_run(const struct recipe *recipe, const struct dataset *set, struct pool *pool)
{
    struct err err = {""};
    struct run_setup setup = {.recipe = recipe, .train = set, .kern = kern_best(), .pool = pool};
    struct run *run = run_new(&setup, &err);
    ck_assert_msg(run != NULL, "%s", err.text);
    return run;
}

static char folder[] = "/tmp/inkling-train-XXXXXX";
static pid_t maker;

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (getpid() == maker && system(command) != 0)
        fprintf(stderr, "%s stays behind\n", folder);
}

const char *temporary_path(const char *name)
{
    static char path[256];
    if (maker == 0) {
        maker = getpid();
        ck_assert_ptr_nonnull(mkdtemp(folder));
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}
