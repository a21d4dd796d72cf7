/* SPDX-License-Identifier: MIT */
/* library.c -- loads the two sets.
 *
 * A load is a heap object of its own, so that the library need not wait for one that is no longer
 * wanted: it is stopped, put aside, and ended when its job is over.
 */
#include "app/state/library.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/job/job.h"
#include "base/err.h"
#include "base/language.h"
#include "data/find.h"
#include "data/synthetic.h"

enum { LIBRARY_SEED = 1 }; /* of the program's own digits */

struct load {
    /* set before the job starts, then only read */
    enum library_source source;
    char folder[FILES_PATH_MAX];

    /* the job's until it is over */
    struct dataset *train, *test;
    struct err err;

    /* the window's thread's */
    struct job *job;
    struct load *next; /* in the list of the abandoned */
};

/* The window's thread's. */
struct library {
    void (*wake)(void *context);
    void *context;
    enum library_source source;
    char folder[FILES_PATH_MAX];
    struct load *load;      /* while loading, else NULL */
    struct load *abandoned; /* a list of those whose jobs are still to be ended */
    enum library_state state, shown;
    struct dataset *train, *test;
    struct err err;
    uint64_t number; /* of the choice */
    char guess[DATASET_NAME_MAX];
    bool guess_drawn;
};

/* ---- on the job's thread --------------------------------------------------------------------- */

/* In the usual places, what is not there is drawn here: a drawing can be given up on the way. */
static struct dataset *load_split(struct load *load, const struct job *job,
                                  enum dataset_split split)
{
    char name[DATASET_NAME_MAX];
    bool draws = load->source == LIBRARY_SYNTHETIC ||
                 (load->source == LIBRARY_USUAL && !find_guess(NULL, split, name));
    if (draws)
        return synthetic_new_unless(job_stopping(job), LIBRARY_SEED, split,
                                    split == DATASET_TRAIN ? SYNTHETIC_TRAIN : SYNTHETIC_TEST,
                                    &load->err);
    return find_data(load->source == LIBRARY_FOLDER ? load->folder : NULL, split, &load->err);
}

/* A place that has no test set is fine: then nothing is reported on one. */
static bool has_test(const struct load *load)
{
    return load->source != LIBRARY_FOLDER || find_here(load->folder, DATASET_TEST);
}

/* In the usual places, files may be there for one split alone: the program's own digits are no test
 * of what was learnt from files. */
static void drop_odd_test(struct load *load)
{
    if (!load->test || load->test->synthetic == load->train->synthetic)
        return;
    dataset_free(load->test);
    load->test = NULL;
}

static void load_sets(struct job *job, void *work)
{
    struct load *load = work;
    load->train = load_split(load, job, DATASET_TRAIN);
    if (load->train && has_test(load)) {
        load->test = load_split(load, job, DATASET_TEST);
        if (!load->test) {
            dataset_free(load->train);
            load->train = NULL;
        }
    }
    drop_odd_test(load);
}

/* ---- on the window's thread ------------------------------------------------------------------ */

/* Waits for its job. */
static void free_load(struct load *load)
{
    job_end(load->job);
    dataset_free(load->train);
    dataset_free(load->test);
    free(load);
}

/* Takes what the load got. */
static void collect_sets(struct library *library)
{
    struct load *load = library->load;
    library->train = load->train;
    library->test = load->test;
    library->err = load->err;
    library->state = library->train ? LIBRARY_READY : LIBRARY_FAILED;
    load->train = load->test = NULL;
    library->load = NULL;
    free_load(load);
}

static void abandon_load(struct library *library)
{
    struct load *load = library->load;
    if (!load)
        return;
    job_stop(load->job);
    load->next = library->abandoned;
    library->abandoned = load;
    library->load = NULL;
}

/* Frees the abandoned loads: those that have finished, or all, waiting for them. */
static void clear_abandoned(struct library *library, bool all)
{
    struct load **at = &library->abandoned;
    while (*at) {
        struct load *load = *at;
        if (!all && !job_is_over(load->job)) {
            at = &load->next;
            continue;
        }
        *at = load->next;
        free_load(load);
    }
}

static void forget_sets(struct library *library)
{
    abandon_load(library);
    dataset_free(library->train);
    dataset_free(library->test);
    library->train = library->test = NULL;
    library->state = LIBRARY_IDLE;
}

struct library *library_new(void (*wake)(void *context), void *context, struct err *err)
{
    struct library *library = calloc(1, sizeof *library);
    if (!library) {
        err_memory(err, _("the data"));
        return NULL;
    }
    library->wake = wake;
    library->context = context;
    library_set(library, LIBRARY_USUAL, NULL);
    return library;
}

void library_free(struct library *library)
{
    if (!library)
        return;
    forget_sets(library);
    clear_abandoned(library, true);
    free(library);
}

/* What the data will be called when it is loaded, from the names of files alone. */
static void guess_name(struct library *library)
{
    const char *folder = library->source == LIBRARY_FOLDER ? library->folder : NULL;
    library->guess_drawn = library->source == LIBRARY_SYNTHETIC ||
                           !find_guess(folder, DATASET_TRAIN, library->guess);
    if (library->guess_drawn)
        strcpy(library->guess, "synthetic");
}

void library_set(struct library *library, enum library_source source, const char *folder)
{
    forget_sets(library);
    library->number++;
    library->source = source;
    snprintf(library->folder, sizeof library->folder, "%s", folder ? folder : "");
    guess_name(library);
}

uint64_t library_number(const struct library *library)
{
    return library->number;
}

static struct load *start_load(struct library *library)
{
    struct load *load = calloc(1, sizeof *load);
    if (!load) {
        err_memory(&library->err, _("the data"));
        return NULL;
    }
    load->source = library->source;
    memcpy(load->folder, library->folder, sizeof load->folder);
    const struct job_setup setup = {load_sets, load, library->wake, library->context,
                                    _("to load the data")};
    load->job = job_start(&setup, &library->err);
    if (load->job)
        return load;
    free(load);
    return NULL;
}

void library_load(struct library *library)
{
    if (library->state == LIBRARY_LOADING || library->state == LIBRARY_READY)
        return;
    library->load = start_load(library);
    library->state = library->load ? LIBRARY_LOADING : LIBRARY_FAILED;
}

bool library_poll(struct library *library)
{
    if (library->load && job_is_over(library->load->job))
        collect_sets(library);
    clear_abandoned(library, false);
    bool changed = library->state != library->shown;
    library->shown = library->state;
    return changed;
}

enum library_state library_state(const struct library *library)
{
    return library->state;
}

enum library_source library_source(const struct library *library)
{
    return library->source;
}

const char *library_folder(const struct library *library)
{
    return library->source == LIBRARY_FOLDER ? library->folder : "";
}

const char *library_trouble(const struct library *library)
{
    return library->state == LIBRARY_FAILED ? library->err.text : "";
}

const char *library_name(const struct library *library)
{
    return library->train ? library->train->name : library->guess;
}

bool library_drawn(const struct library *library)
{
    return library->train ? library->train->synthetic : library->guess_drawn;
}

const char *library_note(const struct library *library)
{
    if (library->train && library->train->note[0])
        return library->train->note;
    return library->test ? library->test->note : "";
}

const struct dataset *library_train(const struct library *library)
{
    return library->train;
}

const struct dataset *library_test(const struct library *library)
{
    return library->test;
}
