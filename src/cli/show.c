/* SPDX-License-Identifier: MIT */
#include "cli/show.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"
#include "cli/cli.h"
#include "model/builtin.h"
#include "model/model.h"

enum { BAR_CELLS = 30, REAL_DIGITS = 10 };

void show_text(FILE *out, const char *text)
{
    char piece[256];
    while (*text) {
        text_mend_copy(text, piece, sizeof piece); /* is as long as what it was made of */
        fputs(piece, out);
        text += strlen(piece);
    }
}

int show_failure(const struct err *err)
{
    fputs("inkling: ", stderr);
    show_text(stderr, err->text);
    fputc('\n', stderr);
    return CLI_FAILED;
}

void show_note(bool quiet, const char *text)
{
    if (quiet)
        return;
    show_text(stderr, text);
    fputc('\n', stderr);
}

int show_json(json_t *object)
{
    char *text =
        object ? json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(REAL_DIGITS)) : NULL;
    json_decref(object);
    struct err err;
    if (!text) {
        err_memory(&err, "the answer");
        return show_failure(&err);
    }
    bool ok = puts(text) >= 0 && fflush(stdout) == 0;
    free(text);
    if (ok)
        return CLI_DONE;
    err_set(&err, "The answer cannot be written: %s.", strerror(errno));
    return show_failure(&err);
}

json_t *show_string(const char *text)
{
    char *copy = strdup(text);
    json_t *string = copy ? json_string(text_mend(copy)) : NULL;
    free(copy);
    return string;
}

json_t *show_confusion_json(const uint32_t confusion[10][10])
{
    json_t *rows = json_array();
    for (int truth = 0; truth < 10; truth++) {
        json_t *row = json_array();
        for (int answer = 0; answer < 10; answer++)
            json_array_append_new(row, json_integer(confusion[truth][answer]));
        json_array_append_new(rows, row);
    }
    return rows;
}

void show_confusion(const uint32_t confusion[10][10])
{
    printf("\n        read as\ndigit ");
    for (int answer = 0; answer < 10; answer++)
        printf("%7d", answer);
    putchar('\n');
    for (int truth = 0; truth < 10; truth++) {
        printf("%5d ", truth);
        for (int answer = 0; answer < 10; answer++) {
            if (confusion[truth][answer])
                printf("%7u", confusion[truth][answer]);
            else
                printf("%7s", ".");
        }
        putchar('\n');
    }
}

struct model *show_load_model(const char *path, struct err *err)
{
    return path ? model_load(path, err) : model_builtin(err);
}

struct progress progress_new(bool quiet)
{
    return (struct progress){.wanted = !quiet && isatty(STDERR_FILENO), .since = clock_seconds()};
}

void progress_draw(struct progress *progress, double part, const char *text)
{
    if (!progress->wanted || clock_seconds() - progress->since < 1)
        return;
    int full = (int)(part * BAR_CELLS + 0.5);
    fputs("\r[", stderr);
    for (int i = 0; i < BAR_CELLS; i++)
        fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] %3.0f %%  %s\033[K", part * 100, text);
    fflush(stderr);
    progress->drawn = true;
}

void progress_clear(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}
