/* SPDX-License-Identifier: MIT */
/* inkling bench: times training, reading and loading. */
#include "cli/bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/did_you_mean.h"
#include "cli/cli.h"
#include "cli/images.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/synthetic.h"

static const char name[] = "bench";

enum { RUNS = 5, QUICK_RUNS = 1, QUICK_IMAGES = 6000, SEED_MOST = 1000000, WORD_MAX = 32 };

/* What can be measured, in the order in which it is. */
static const struct part {
    const char *name;
    bool (*measure)(struct bench *bench, const char *name, struct err *err);
} parts[] = {
    {"784-30-10", bench_train}, {"784-100-10", bench_train}, {"784-128-10", bench_train},
    {"lenet5", bench_train},    {"small-cnn", bench_train},  {"swift", bench_train},
    {"keen", bench_train},      {"busy", bench_busy},        {"reading", bench_read},
    {"loading", bench_load},
};
enum { PART_COUNT = sizeof parts / sizeof parts[0] };

struct wishes {
    const char *data, *only, *runs, *images, *seed, *quick, *json, *quiet;
};

static const char about[] = N_(
    "Measures how fast this computer trains and reads, and prints the medians. Training is timed\n"
    "alone, without loading and without evaluation, each run from a seed of its own, and the mean\n"
    "accuracy on the test images stands beside it. Parts:\n"
    "  784-30-10, 784-100-10  an epoch by the book, mini-batch 10, 1 thread\n"
    "  784-128-10             an epoch with ReLU, Adam, mini-batch 64, 2 threads\n"
    "  lenet5, small-cnn      an epoch on 1 and on 2 threads, in turn\n"
    "  swift, keen            the whole recipe, 2 threads\n"
    "  busy                   LeNet-5 on 2 threads with one core busy, in turn with 1 thread "
    "alone\n"
    "  reading                single images and batches of 1,000, 1 thread\n"
    "  loading                until the data is in memory, ready to train\n"
    "Ctrl-C ends it with what has been measured.");

static enum options_result read_wishes(int argc, char **argv, struct wishes *w)
{
    const struct option options[] = {
        {"data", "DIR",
         N_("folder or file of the images (else $INKLING_DATA and the usual places)"), &w->data},
        {"only", "PART[,PART]", N_("these parts alone"), &w->only},
        {"runs", "N", N_("how often each is measured; 5 where nothing is said"), &w->runs},
        {"images", "N", N_("train on the first N images at most"), &w->images},
        {"seed", "N", N_("of the first run; each further one has the next"), &w->seed},
        {"quick", NULL, N_("for a look: one run, 6,000 images"), &w->quick},
        {"json", NULL, N_("print one JSON object"), &w->json},
        {"quiet", NULL, N_("no progress bar and no notes"), &w->quiet},
    };
    struct usage usage = {
        .command = name,
        .about = about,
        .options = options,
        .option_count = sizeof options / sizeof options[0],
    };
    int rest;
    return options_read(&usage, argc, argv, &rest);
}

/* ---- which parts --------------------------------------------------------------------------- */

/* Takes the next word off a list with commas; false where there is none left. */
static bool next_word(const char **list, char word[WORD_MAX])
{
    if (!*list)
        return false;
    size_t len = strcspn(*list, ",");
    snprintf(word, WORD_MAX, "%.*s", (int)(len < WORD_MAX ? len : WORD_MAX), *list);
    *list = (*list)[len] ? *list + len + 1 : NULL;
    return true;
}

/* Marks the parts that are wanted and counts them; 0: a word is none of them, said on stderr. */
static int choose_parts(const char *only, bool wanted[PART_COUNT])
{
    char word[WORD_MAX];
    int count = 0;
    while (next_word(&only, word)) {
        int i = 0;
        while (i < PART_COUNT && strcmp(parts[i].name, word) != 0)
            i++;
        if (i == PART_COUNT) {
            const char *near = did_you_mean(word, &parts[0].name, PART_COUNT, sizeof parts[0]);
            if (near)
                options_refuse(name, _("There is no part \"%s\" to measure; did you mean %s?"),
                               word, near);
            else
                options_refuse(name, _("There is no part \"%s\" to measure."), word);
            return 0;
        }
        count += !wanted[i];
        wanted[i] = true;
    }
    return count;
}

static int choose_all(bool wanted[PART_COUNT])
{
    for (int i = 0; i < PART_COUNT; i++)
        wanted[i] = true;
    return PART_COUNT;
}

/* ---- the data ------------------------------------------------------------------------------ */

static struct dataset *draw_digits(const struct bench *bench, enum dataset_split split,
                                   struct err *err)
{
    uint32_t most = split == DATASET_TRAIN ? SYNTHETIC_TRAIN : SYNTHETIC_TEST;
    bool fewer = bench->images > 0 && bench->images < most;
    return synthetic_new(1, split, fewer ? bench->images : most, err);
}

/* Both splits of the same data: real ones are not mixed with drawn ones. */
static bool load_data(struct bench *bench, bool quiet, struct dataset *sets[2], struct err *err)
{
    char guess[DATASET_NAME_MAX];
    bool files = (bench->folder && bench->folder[0]) || find_guess(NULL, DATASET_TRAIN, guess);
    for (int split = DATASET_TRAIN; split <= DATASET_TEST; split++) {
        sets[split] = files ? images_load(bench->folder, split, false, quiet, err)
                            : draw_digits(bench, split, err);
        if (!sets[split])
            return false;
    }
    bench->train = sets[DATASET_TRAIN];
    bench->test = sets[DATASET_TEST];
    if (bench->train->synthetic != bench->test->synthetic)
        return err_set(err,
                       _("There are training images, but no test images beside them; the README "
                         "says where to get MNIST."));
    return true;
}

/* ---- measuring ----------------------------------------------------------------------------- */

void bench_progress(struct bench *bench, const char *part, double within)
{
    char text[64];
    snprintf(text, sizeof text, "%s, part %d of %d", part, bench->part + 1, bench->parts);
    progress_draw(&bench->progress, (bench->part + within) / bench->parts, text);
}

static bool measure(struct bench *bench, const bool wanted[PART_COUNT], struct err *err)
{
    bool ok = true;
    for (int i = 0; i < PART_COUNT && ok; i++) {
        if (!wanted[i])
            continue;
        ok = parts[i].measure(bench, parts[i].name, err);
        if (interrupt_noted())
            break;
        bench->part++;
    }
    progress_clear(&bench->progress);
    return ok;
}

static int run(const struct wishes *w, struct bench *bench, const bool wanted[PART_COUNT])
{
    struct err err;
    struct dataset *sets[2] = {NULL};
    int status;
    interrupt_catch();
    if (!load_data(bench, w->quiet != NULL, sets, &err)) {
        status = show_failure(&err);
    } else {
        if (bench->train->synthetic)
            show_note(w->quiet != NULL, find_note());
        if (!measure(bench, wanted, &err))
            status = show_failure(&err);
        else if (w->json)
            status = show_json(bench_json(bench));
        else
            bench_print(bench), status = CLI_DONE;
    }
    dataset_free(sets[DATASET_TRAIN]);
    dataset_free(sets[DATASET_TEST]);
    return status;
}

int cli_bench(int argc, char **argv, const struct kern *kern)
{
    struct wishes w = {0};
    bool wanted[PART_COUNT] = {false};
    enum options_result read = read_wishes(argc, argv, &w);
    if (read != OPTIONS_READ)
        return read == OPTIONS_HELPED ? CLI_DONE : CLI_WRONG;
    int runs = w.quick ? QUICK_RUNS : RUNS, images = w.quick ? QUICK_IMAGES : 0, seed = 1;
    int count = w.only ? choose_parts(w.only, wanted) : choose_all(wanted);
    if (count == 0 || !options_whole(name, "runs", w.runs, 1, BENCH_RUNS_MAX, &runs) ||
        !options_whole(name, "images", w.images, 1, DATASET_COUNT_MAX, &images) ||
        !options_whole(name, "seed", w.seed, 0, SEED_MOST, &seed))
        return CLI_WRONG;
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench) {
        struct err err;
        err_memory(&err, _("the figures"));
        return show_failure(&err);
    }
    bench->kern = kern;
    bench->folder = w.data;
    bench->runs = runs;
    bench->images = (uint32_t)images;
    bench->seed = (uint64_t)seed;
    bench->parts = count;
    bench->progress = progress_new(w.quiet != NULL);
    int status = run(&w, bench, wanted);
    free(bench);
    return status;
}
