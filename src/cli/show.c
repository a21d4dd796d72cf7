/* SPDX-License-Identifier: MIT */
#include "cli/show.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/json_text.h"
#include "base/language.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "model/builtin.h"
#include "model/model.h"
#include "model/named.h"

enum { BAR_CELLS = 30, REAL_DIGITS = 10 };

void show_line(FILE *out, const char *format, ...)
{
    char *text;
    va_list args;
    va_start(args, format);
    bool ok = vasprintf(&text, format, args) >= 0;
    va_end(args);
    if (!ok)
        return;
    fprintf(out, "%s\n", text_mend(text));
    free(text);
}

int show_end(int status)
{
    struct err err;
    errno = 0;
    bool lost = fflush(stdout) != 0 || ferror(stdout);
    if (!lost || (interrupt_noted() && (errno == EPIPE || errno == 0)))
        return status;
    const char *why = errno ? strerror(errno) : _("a part of it was lost");
    if (write(STDOUT_FILENO, "", 0) < 0 && errno == EBADF)
        why = _("standard output is closed; give it a place to go");
    err_set(&err, _("The answer cannot be written: %s."), why);
    show_failure(&err);
    return status == CLI_DONE ? CLI_FAILED : status;
}

int show_failure(const struct err *err)
{
    show_line(stderr, "inkling: %s", err->text);
    return CLI_FAILED;
}

void show_note(bool quiet, const char *text)
{
    if (!quiet)
        show_line(stderr, "%s", text);
}

/* Takes the value over. The caller frees the text; NULL: memory is short, which is said. */
static char *write_json(json_t *value)
{
    const size_t flags = JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY |
                         JSON_REAL_PRECISION(REAL_DIGITS);
    char *text = json_text(value, flags, NULL);
    json_decref(value);
    if (!text) {
        struct err err;
        err_memory(&err, _("the answer"));
        show_failure(&err);
    }
    return text;
}

bool show_json_part(json_t *part)
{
    char *text = write_json(part);
    fputs(text ? text : "null", stdout);
    free(text);
    return text != NULL;
}

int show_json(json_t *object)
{
    char *text = write_json(object);
    if (text)
        puts(text);
    free(text);
    return text ? CLI_DONE : CLI_FAILED;
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
    printf(_("\n        read as\ndigit "));
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

const char show_model_help[] =
    N_("a model's file, or its name, such as nielsen-30; else the built-in model, best");
const char show_trust_help[] = N_("open a model that was changed since it was saved, too");

struct model *show_load_model(const char *typed, bool trust, struct err *err)
{
    bool changed;
    struct model_place place;
    if (!typed)
        return model_builtin(err);
    model_find(typed, &place);
    if (place.builtin >= 0)
        return model_builtin_at(place.builtin, err);
    struct model *model = model_open(place.path, trust, &changed, err);
    if (!model && changed)
        model_say_trust(err);
    return model;
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
