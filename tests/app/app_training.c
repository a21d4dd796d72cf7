/* SPDX-License-Identifier: MIT */
#include "app_training.h"

#include <check.h>
#include <unistd.h>

#include "app_world.h"

struct recipe small_recipe(int epochs)
{
    struct recipe recipe;
    ck_assert(recipe_find("nielsen-30", &recipe, NULL));
    recipe.epochs = epochs;
    recipe.hold_back = 100;
    return recipe;
}

void start_training(int epochs)
{
    struct recipe recipe = small_recipe(epochs);
    app_act(app, &(struct action){.kind = ACT_START, .recipe = &recipe});
    frame();
}

void wait_for_data(void)
{
    wait_until(library_state(app->library) != LIBRARY_LOADING);
}

/* Lets frames pass until the run is in that stage. */
void wait_for_stage(enum training_stage stage)
{
    wait_until(app->training.stage == stage);
    ck_assert_msg(app->training.stage == stage, "stage %d: %s", app->training.stage,
                  app->notices.now.text);
}

void wait_for_epoch(int epochs)
{
    wait_until(app->training.view.history.epoch_count >= epochs);
    ck_assert_int_ge(app->training.view.history.epoch_count, epochs);
}
