/* SPDX-License-Identifier: MIT */
/* Prints the program in C of a recipe: write_program RECIPE [SETTING VALUE]... It is then built and
 * run as it stands. */
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "program/program.h"
#include "train/recipe.h"

int main(int argc, char **argv)
{
    struct err err;
    struct recipe recipe;
    bool good = argc > 1 && recipe_find(argv[1], &recipe, &err);
    for (int i = 2; i + 1 < argc && good; i += 2)
        good = recipe_set(&recipe, argv[i], argv[i + 1], &err);
    char *text = good ? program_write(PROGRAM_C, &recipe, &err) : NULL;
    if (!text) {
        fprintf(stderr, "%s\n", argc > 1 ? err.text : "Which recipe?");
        return 1;
    }
    fputs(text, stdout);
    free(text);
    return 0;
}
