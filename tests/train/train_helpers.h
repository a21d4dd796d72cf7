/* train_helpers.h -- what the tests of train/ share: a few drawn digits and small recipes. */
#ifndef TESTS_TRAIN_HELPERS_H
#define TESTS_TRAIN_HELPERS_H

#include <check.h>
#include <stdint.h>

#include "train/recipe.h"

struct run;
struct pool;
struct dataset;

TCase *recipe_tests(void);
TCase *pool_tests(void);
TCase *run_tests(void);
TCase *sampler_tests(void);
TCase *trainer_tests(void);
TCase *guessing_tests(void);
TCase *learnt_tests(void);
TCase *watch_tests(void);
TCase *suspects_tests(void);
TCase *finetune_tests(void);

/* The program's own digits, 28x28. */
struct dataset *draw_digits(uint32_t count);

/* The built-in recipe of that name with a few settings changed: "epochs 2; batch 10". */
struct recipe make_recipe(const char *name, const char *changes);

/* The kinds that take different ways: one shard, several with batch norm, and everything that is
 * drawn at random together with an average; make_recipe makes them. */
enum { RECIPE_KINDS = 4 };
struct recipe_kind {
    const char *name, *changes;
};
extern const struct recipe_kind recipe_kinds[RECIPE_KINDS];

struct run *start_run(const struct recipe *recipe, const struct dataset *set, struct pool *pool);

/* A file of its own in a folder that is gone when the test program ends. */
const char *temporary_path(const char *name);

#endif
