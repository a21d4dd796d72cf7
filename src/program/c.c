/* SPDX-License-Identifier: MIT */
/* c.c -- in C, with this project's own parts: the whole training is train/run.h's. */
#include "base/buffer.h"
#include "program/inside.h"
#include "train/recipe.h"

/* Settings that are not those of a recipe without a name, as calls. */
static void add_settings(struct buffer *out, const struct recipe *recipe)
{
    char value[RECIPE_VALUE_MAX];
    for (int i = 0; recipe_key(i); i++)
        if (recipe_get(recipe, recipe_key(i), value))
            buffer_print(out, "    {\"%s\", \"%s\"},\n", recipe_key(i), value);
}

static void add_main(struct buffer *out)
{
    buffer_print(out, "%s",
                 "int main(int argc, char **argv)\n"
                 "{\n"
                 "    struct err err;\n"
                 "    struct recipe recipe = *recipe_at(0);\n"
                 "    bool good = true;\n"
                 "    for (size_t i = 0; i < sizeof settings / sizeof *settings && good; i++)\n"
                 "        good = recipe_set(&recipe, settings[i][0], settings[i][1], &err);\n"
                 "    const char *folder = argc > 1 ? argv[1] : NULL;\n"
                 "    struct dataset *train =\n"
                 "        good ? find_data(folder, DATASET_TRAIN, &err) : NULL;\n"
                 "    struct dataset *test =\n"
                 "        train ? find_data(folder, DATASET_TEST, &err) : NULL;\n"
                 "    struct pool *pool = test ? pool_new(0, false, &err) : NULL;\n"
                 "    const struct run_setup setup = {\n"
                 "        .recipe = &recipe, .train = train, .test = test,\n"
                 "        .test_each_epoch = true, .kern = kern_best(), .pool = pool};\n"
                 "    struct run *run = pool ? run_new(&setup, &err) : NULL;\n"
                 "    if (!run) {\n"
                 "        fprintf(stderr, \"%s\\n\", err.text);\n"
                 "        return 1;\n"
                 "    }\n");
    buffer_print(out, "%s",
                 "    for (int epoch = 0; run->state == RUN_GOES_ON; ) {\n"
                 "        run_step(run);\n"
                 "        if (run->epoch == epoch)\n"
                 "            continue;\n"
                 "        const struct history_epoch *done = &run->history.epochs[epoch++];\n"
                 "        printf(\"epoch %d: %.2f %%, %.2f s\\n\", epoch,\n"
                 "               100 * (double)done->test_accuracy, (double)done->seconds);\n"
                 "    }\n"
                 "    run_free(run);\n"
                 "    pool_free(pool);\n"
                 "    dataset_free(train), dataset_free(test);\n"
                 "    return 0;\n"
                 "}\n");
}

void program_write_c(struct buffer *out, const struct recipe *recipe)
{
    buffer_print(out, "/* %s, in C with inkling's src/: ./a.out FOLDER-OF-MNIST */\n", recipe->net);
    buffer_print(out, "%s",
                 "#include <stdio.h>\n"
                 "\n"
                 "#include \"base/err.h\"\n"
                 "#include \"data/dataset.h\"\n"
                 "#include \"data/find.h\"\n"
                 "#include \"kern/kern.h\"\n"
                 "#include \"par/pool.h\"\n"
                 "#include \"train/run.h\"\n"
                 "\n"
                 "static const char *const settings[][2] = {\n");
    add_settings(out, recipe);
    buffer_print(out, "};\n\n");
    add_main(out);
}
