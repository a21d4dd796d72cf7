/* SPDX-License-Identifier: MIT */
/* Prints how well pictures of each kind are read by the built-in model:
 *
 *   picture_report COUNT SEED DATA train|test [STROKES WRITERS [FOLDER]]
 *   picture_report COUNT sizes DATA train|test
 *
 * The second prints how well the first COUNT images are read at several sizes on even ground.
 * DATA is a folder with MNIST, or - for none; WRITERS such as 26-30. Pictures that were not read
 * right are left in FOLDER. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "data/dataset.h"
#include "data/find.h"
#include "data/unipen.h"
#include "data/writers.h"
#include "kern/kern.h"
#include "model/builtin.h"
#include "model/model.h"
#include "nn/nn.h"
#include "picture_trial.h"

static int fail(const char *text)
{
    fprintf(stderr, "picture_report: %s\n", text);
    return 1;
}

static struct unipen *load_writers(const char *path, const char *text, struct err *err)
{
    struct writers writers;
    struct unipen *all = unipen_load(path, err), *others = NULL;
    if (!all || !writers_parse(text, &writers, err) || !(others = unipen_split(all, &writers, err)))
        return NULL;
    unipen_free(others);
    return all;
}

static void print_table(const struct trial *trial, uint32_t count)
{
    printf("| kind of picture | right | wrong | wrong and sure | ms |\n|---|---|---|---|---|\n");
    for (int kind = 0; kind < KINDS; kind++) {
        struct trial_count c = trial_run(trial, (enum kind)kind, count);
        printf("| %s | %.1f %% | %u | %u | %.1f |\n", kind_name((enum kind)kind),
               100.0 * c.right / c.count, c.count - c.right, c.sure_wrong, c.milliseconds);
        fflush(stdout);
    }
}

static void print_sizes(const struct trial *trial, uint32_t count)
{
    static const struct trial_size sizes[] = {
        {.side = 28},
        {.side = 28, .dark = true},
        {.side = 28, .margin = 14, .dark = true},
        {.side = 20, .tight = true},
        {.side = 20, .tight = true, .dark = true},
        {.side = 56},
        {.side = 56, .smooth = true, .dark = true},
        {.side = 112, .dark = true},
        {.side = 112, .smooth = true},
        {.side = 112, .margin = 60, .smooth = true, .dark = true},
        {.side = 80, .tight = true, .smooth = true, .dark = true},
        {.side = 80, .tight = true, .margin = 6},
        {.side = 16},
        {.side = 16, .dark = true},
        {.side = 16, .margin = 8, .dark = true},
        {.side = 280, .smooth = true, .dark = true},
    };
    printf(
        "| side | margin | tight | smooth | dark | right | wrong and sure | none or two | ms |\n");
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct trial_size s = sizes[i];
        struct trial_count c = trial_run_size(trial, s, count);
        printf("| %d | %d | %d | %d | %d | %.2f %% | %u | %u | %.2f |\n", s.side, s.margin, s.tight,
               s.smooth, s.dark, 100.0 * c.right / c.count, c.sure_wrong, c.nothing,
               c.milliseconds);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    struct err err;
    if (argc < 5)
        return fail("COUNT SEED DATA train|test [STROKES WRITERS [FOLDER]]");
    struct model *model = model_builtin(&err);
    struct nn_work *work = model ? nn_work_new(model->net, kern_best(), 1, false, &err) : NULL;
    if (!work)
        return fail(err.text);
    struct trial trial = {.model = model,
                          .work = work,
                          .seed = strtoull(argv[2], NULL, 10),
                          .folder = argc > 7 ? argv[7] : NULL};
    struct dataset *set = NULL;
    struct unipen *strokes = NULL;
    if (strcmp(argv[3], "-") != 0 &&
        !(set = find_data(argv[3], strcmp(argv[4], "test") == 0 ? DATASET_TEST : DATASET_TRAIN,
                          &err)))
        return fail(err.text);
    if (argc > 6 && !(strokes = load_writers(argv[5], argv[6], &err)))
        return fail(err.text);
    trial.source = (struct trial_source){set, strokes};
    (strcmp(argv[2], "sizes") == 0 ? print_sizes
                                   : print_table)(&trial, (uint32_t)strtoul(argv[1], NULL, 10));
    dataset_free(set);
    unipen_free(strokes);
    nn_work_free(work);
    model_free(model);
    return 0;
}
