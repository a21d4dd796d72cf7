/* SPDX-License-Identifier: MIT */
#include "cli/strokes.h"

#include <stddef.h>

#include "base/err.h"
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

struct unipen *strokes_load(const char *path, const char *list, struct unipen **others,
                            struct err *err)
{
    struct writers writers = {.count = 1, .ranges[0] = {0, UNIPEN_WRITER_MAX}};
    if (list && !writers_parse(list, &writers, err))
        return NULL;
    struct unipen *strokes = unipen_load(path, err);
    struct unipen *rest = strokes ? unipen_split(strokes, &writers, err) : NULL;
    if (rest && strokes->count > 0) {
        *others = rest;
        return strokes;
    }
    if (rest) {
        int first, last;
        find_span(rest, &first, &last);
        err_set(err, "%s has no digits of the writers %s; its writers are from %d to %d.", path,
                list ? list : "asked for", first, last);
    }
    unipen_free(rest);
    unipen_free(strokes);
    return NULL;
}
