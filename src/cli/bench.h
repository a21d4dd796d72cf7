/* bench.h -- what `inkling bench` measures with, and the figures that come out.
 *
 * Everything is measured several times. Measurements that are to be compared (one thread and two)
 * take turns, so that whatever else the machine does hits both alike. The figures are kept run by
 * run, and what people see is their median. Training is the very run.h that `inkling train`
 * moves on, and its seconds are that run's: without loading and without evaluation.
 */
#ifndef CLI_BENCH_H
#define CLI_BENCH_H

#include <stdbool.h>
#include <stdint.h>

#include "cli/series.h"
#include "cli/show.h"
#include "nn/nn.h"

struct dataset;
struct err;
struct kern;

enum {
    BENCH_RUNS_MAX = 100,
    BENCH_TRAININGS_MAX = 16,
    BENCH_READERS = 4,
    BENCH_BATCH = 1000, /* images to read where images a second are counted */
};

/* The small convolutional network that stands in every comparison, in words. */
extern const char bench_small_cnn[];

/* A network that was taught by a recipe, once in each run, from a seed of the run's own. */
struct bench_training {
    const char *name;
    char net[NN_WORDS_MAX];
    int threads, batch, epochs;
    uint32_t images;        /* in an epoch */
    struct series seconds;  /* of the whole training */
    struct series accuracy; /* on the test images, 0 to 1, after it */
};

/* LeNet-5 taught by one thread on a quiet machine, and by two while something else keeps one of
 * their cores busy. */
struct bench_busy {
    struct series alone, beside; /* seconds */
};

/* A network that reads, on one thread. */
struct bench_reader {
    const char *name;
    struct series microseconds; /* for one image, the median of many */
    struct series per_second;   /* images in batches of BENCH_BATCH */
};

struct bench {
    /* Set before measuring. */
    const struct kern *kern;
    const char *folder; /* of the data; NULL: the usual places */
    const struct dataset *train, *test;
    int runs;
    uint32_t images; /* train on so many at most; 0: as the recipe says */
    uint64_t seed;   /* of the first run; each further one has the next */

    /* For the bar: this is part number `part` (from 0) of `parts`. */
    struct progress progress;
    int part, parts;

    /* The figures so far. */
    struct bench_training trainings[BENCH_TRAININGS_MAX];
    int training_count;
    struct bench_busy busy;
    struct bench_reader readers[BENCH_READERS];
    struct series loading; /* seconds until both splits are in memory, ready to train */
};

/* Each measures the part of that name. After a Ctrl-C it returns soon, with the runs that are
 * whole. False with a sentence: no memory, no threads. */
bool bench_train(struct bench *bench, const char *name, struct err *err);
bool bench_busy(struct bench *bench, const char *name, struct err *err);
bool bench_read(struct bench *bench, const char *name, struct err *err);
bool bench_load(struct bench *bench, const char *name, struct err *err);

/* The bar: `within` (0 to 1) of this part is done. */
void bench_progress(struct bench *bench, const char *name, double within);

/* All figures as one object; NULL when memory is short. And as tables for people. */
json_t *bench_json(const struct bench *bench);
void bench_print(const struct bench *bench);

#endif
