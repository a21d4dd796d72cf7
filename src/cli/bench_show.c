/* SPDX-License-Identifier: MIT */
/* inkling bench: its figures as JSON and as tables. */
#include <stdio.h>
#include <string.h>

#include "base/json_text.h"
#include "base/language.h"
#include "cli/bench.h"
#include "data/dataset.h"
#include "kern/kern.h"
#include "par/pool.h"

/* The row of that training, or NULL where it was not measured. */
static const struct bench_training *find_training(const struct bench *bench, const char *name,
                                                  int threads)
{
    for (int i = 0; i < bench->training_count; i++) {
        const struct bench_training *row = &bench->trainings[i];
        if (strcmp(row->name, name) == 0 && row->threads == threads && row->seconds.count > 0)
            return row;
    }
    return NULL;
}

/* How much faster two threads are than one; 0 where that was not measured. */
static double find_scaling(const struct bench *bench, const char *name)
{
    const struct bench_training *one = find_training(bench, name, 1);
    const struct bench_training *two = find_training(bench, name, 2);
    return one && two ? series_ratio(&one->seconds, &two->seconds) : 0;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static json_t *series_json(const struct series *series)
{
    json_t *figures = json_array();
    for (int i = 0; i < series->count; i++)
        json_array_append_new(figures, json_real(series->of[i]));
    return figures;
}

static json_t *training_json(const struct bench_training *row)
{
    double seconds = series_median(&row->seconds);
    return json_pack("{s:s,s:s,s:i,s:i,s:i,s:I,s:f,s:f,s:f,s:o,s:o}", "name", row->name, "net",
                     row->net, "threads", row->threads, "batch", row->batch, "epochs", row->epochs,
                     "images", (json_int_t)row->images, "seconds", seconds, "images_per_second",
                     (double)row->images * row->epochs / seconds, "test_accuracy",
                     series_mean(&row->accuracy), "seconds_of_runs", series_json(&row->seconds),
                     "test_accuracy_of_runs", series_json(&row->accuracy));
}

static json_t *trainings_json(const struct bench *bench)
{
    json_t *rows = json_array();
    for (int i = 0; i < bench->training_count; i++)
        if (bench->trainings[i].seconds.count > 0)
            json_array_append_new(rows, training_json(&bench->trainings[i]));
    return rows;
}

static json_t *scaling_json(const struct bench *bench)
{
    json_t *ratios = json_object();
    for (int i = 0; i < bench->training_count; i++) {
        double ratio = find_scaling(bench, bench->trainings[i].name);
        if (ratio > 0)
            json_object_set_new(ratios, bench->trainings[i].name, json_real(ratio));
    }
    return ratios;
}

static json_t *busy_json(const struct bench_busy *busy)
{
    if (busy->beside.count == 0)
        return json_null();
    return json_pack("{s:f,s:f,s:f,s:o,s:o}", "seconds_alone_1_thread", series_median(&busy->alone),
                     "seconds_busy_2_threads", series_median(&busy->beside), "ratio",
                     series_ratio(&busy->alone, &busy->beside), "seconds_alone_of_runs",
                     series_json(&busy->alone), "seconds_busy_of_runs", series_json(&busy->beside));
}

static json_t *readers_json(const struct bench *bench)
{
    json_t *rows = json_array();
    for (int i = 0; i < BENCH_READERS; i++) {
        const struct bench_reader *reader = &bench->readers[i];
        if (reader->per_second.count == 0)
            continue;
        json_array_append_new(
            rows, json_pack("{s:s,s:f,s:f,s:o,s:o}", "name", reader->name, "microseconds",
                            series_median(&reader->microseconds), "images_per_second",
                            series_median(&reader->per_second), "microseconds_of_runs",
                            series_json(&reader->microseconds), "images_per_second_of_runs",
                            series_json(&reader->per_second)));
    }
    return rows;
}

static json_t *loading_json(const struct series *loading)
{
    if (loading->count == 0)
        return json_null();
    return json_pack("{s:f,s:o}", "seconds", series_median(loading), "seconds_of_runs",
                     series_json(loading));
}

json_t *bench_json(const struct bench *bench)
{
    return json_pack("{s:s,s:s,s:i,s:o,s:b,s:i,s:I,s:b,s:o,s:o,s:o,s:o,s:o}", "program",
                     "inkling " INKLING_VERSION, "kernels", bench->kern->name, "cores",
                     pool_cores(), "data", json_any_text(bench->train->name), "synthetic",
                     bench->train->synthetic, "runs", bench->runs, "seed", (json_int_t)bench->seed,
                     "stopped", bench->part < bench->parts, "training", trainings_json(bench),
                     "two_threads_against_one", scaling_json(bench), "busy_neighbour",
                     busy_json(&bench->busy), "reading", readers_json(bench), "loading",
                     loading_json(&bench->loading));
}

/* ---- tables -------------------------------------------------------------------------------- */

static void print_training(const struct bench_training *row)
{
    char what[64];
    snprintf(what, sizeof what,
             P_("%d x %u images, %d thread", "%d x %u images, %d threads", row->threads),
             row->epochs, row->images, row->threads);
    double seconds = series_median(&row->seconds);
    printf("%-12s %-28s %9.4f s %10.0f images/s %8.2f %%\n", row->name, what, seconds,
           (double)row->images * row->epochs / seconds, 100 * series_mean(&row->accuracy));
}

static void print_trainings(const struct bench *bench)
{
    bool headed = false;
    for (int i = 0; i < bench->training_count; i++) {
        if (bench->trainings[i].seconds.count == 0)
            continue;
        if (!headed)
            printf(_("training                                      seconds              speed  "
                     "mean test accuracy\n"));
        headed = true;
        print_training(&bench->trainings[i]);
    }
}

static void print_ratios(const struct bench *bench)
{
    static const char *const names[] = {"lenet5", "small-cnn"};
    for (int i = 0; i < 2; i++) {
        double ratio = find_scaling(bench, names[i]);
        if (ratio > 0)
            printf(_("%-12s %.2f times as fast on 2 threads as on 1\n"), names[i], ratio);
    }
    if (bench->busy.beside.count > 0)
        printf(_("lenet5       %.2f times as fast on 2 threads, one core busy, as on 1 alone\n"),
               series_ratio(&bench->busy.alone, &bench->busy.beside));
}

static void print_readers(const struct bench *bench)
{
    for (int i = 0; i < BENCH_READERS; i++) {
        const struct bench_reader *reader = &bench->readers[i];
        if (reader->per_second.count > 0)
            printf(_("%-12s reads an image in %.1f microseconds, %.0f a second in batches of %d\n"),
                   reader->name, series_median(&reader->microseconds),
                   series_median(&reader->per_second), BENCH_BATCH);
    }
    if (bench->loading.count > 0)
        show_line(stdout, _("%s loaded, ready to train, in %.3f s"), bench->train->name,
                  series_median(&bench->loading));
}

void bench_print(const struct bench *bench)
{
    show_line(stdout, _("%s, kernels %s; cores: %d, runs: %d, of which the median is told"),
              bench->train->name, bench->kern->name, pool_cores(), bench->runs);
    print_trainings(bench);
    print_ratios(bench);
    print_readers(bench);
    if (bench->part < bench->parts)
        puts(_("Stopped before the end."));
}
