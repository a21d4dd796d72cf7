/* SPDX-License-Identifier: MIT */
#include "left_runs.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

#include "app/state/training.h"
#include "app_training.h"
#include "app_world.h"
#include "base/err.h"
#include "kern/kern.h"
#include "train/trainer.h"

const struct runs *left(void)
{
    return &app->training.left;
}

void leave_run(const char *path, const char *net, int epochs, int minutes)
{
    struct err err = {""};
    struct trainer_setup setup = {
        .recipe = small_recipe(epochs ? 1000 : 1), .train = library_train(app->library),
        .kern = kern_best(), .threads = 1, .checkpoint = path};
    snprintf(setup.recipe.net, sizeof setup.recipe.net, "%s", net);
    struct trainer *trainer = trainer_start(&setup, &err);
    ck_assert_msg(trainer != NULL, "%s", err.text);
    struct trainer_view *view = calloc(1, sizeof *view);
    do {
        trainer_wait(trainer, 1);
        trainer_poll(trainer, view);
    } while (epochs ? view->history.epoch_count < epochs : view->state != TRAINER_DONE);
    trainer_free(trainer);
    free(view);
    struct utimbuf when = {time(NULL) - 60 * minutes, time(NULL) - 60 * minutes};
    ck_assert_int_eq(utime(path, &when), 0);
}

char *path_of(const char *name)
{
    static char path[500];
    snprintf(path, sizeof path, "%s/inkling/runs/%s", folder, name);
    return path;
}

void load_data(void)
{
    library_load(app->library);
    wait_until(library_state(app->library) == LIBRARY_READY);
    ck_assert_int_eq(library_state(app->library), LIBRARY_READY);
    files_make_folder(path_of(""), NULL);
}

void look_back(void)
{
    flow_look_back(app);
    frame();
}
