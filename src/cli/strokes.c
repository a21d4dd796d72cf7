/* SPDX-License-Identifier: MIT */
#include "cli/strokes.h"

#include <stddef.h>

#include "base/err.h"
#include "base/language.h"
#include "cli/show.h"
#include "data/unipen.h"
#include "data/writers.h"

static void find_span(const struct unipen *strokes, int *first, int *last)
{
    *first = *last = strokes->count > 0 ? strokes->digits[0].writer : 0;
    for (uint32_t i = 1; i < strokes->count; i++) {
        int writer = strokes->digits[i].writer;
        *first = writer < *first ? writer : *first;
        *last = writer > *last ? writer : *last;
    }
}

static void note_passed(const char *path, const struct unipen *strokes)
{
    char words[UNIPEN_PASSED_MAX];
    struct err note;
    if (!unipen_passed_words(&strokes->passed, words)[0])
        return;
    err_set(&note, _("In %s was passed over: %s."), path, words);
    show_note(false, note.text);
}

struct unipen *strokes_load(const char *path, const char *list, bool quiet,
                            struct unipen **others, struct err *err)
{
    struct writers writers = {.count = 1, .ranges[0] = {0, UNIPEN_WRITER_MAX}};
    if (list && !writers_parse(list, &writers, err))
        return NULL;
    struct unipen *strokes = unipen_load(path, err);
    struct unipen *rest = strokes ? unipen_split(strokes, &writers, err) : NULL;
    if (strokes && !quiet)
        note_passed(path, strokes);
    if (rest && strokes->count > 0) {
        *others = rest;
        return strokes;
    }
    if (rest) {
        int first, last;
        find_span(rest, &first, &last);
        err_set(err, _("%s has no digits of the writers %s; its writers are from %d to %d."), path,
                list ? list : _("asked for"), first, last);
    }
    unipen_free(rest);
    unipen_free(strokes);
    return NULL;
}
