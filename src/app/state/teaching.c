/* SPDX-License-Identifier: MIT */
#include "app/state/teaching.h"

#include <string.h>

#include "app/state/canvas.h"
#include "app/state/digit_store.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"
#include "data/my_digits.h"
#include "ink/drawing.h"

/* What lies on the canvas now, with the list as it is. */
static struct teaching_mark make_mark(const struct canvas *canvas, const struct digit_store *store)
{
    return (struct teaching_mark){
        .step = drawing_step(canvas->drawing),
        .picture = canvas->picture.any ? canvas->picture.number : 0,
        .version = my_digits_version(store->list),
    };
}

static bool same_canvas(const struct teaching_mark *a, const struct teaching_mark *b)
{
    return a->step == b->step && a->picture == b->picture;
}

/* The filing that can be undone now: of what is on the canvas, with nothing done since. */
static const struct teaching_mark *last_mark(const struct teaching *teaching,
                                             const struct canvas *canvas,
                                             const struct digit_store *store)
{
    struct teaching_mark now = make_mark(canvas, store);
    if (teaching->at == 0 || drawing_active(canvas->drawing))
        return NULL;
    const struct teaching_mark *mark = &teaching->marks[teaching->at - 1];
    return same_canvas(mark, &now) && mark->version == now.version ? mark : NULL;
}

/* Where in the list that is, or -1: another window may have deleted it. */
static int find_filed(const struct teaching *teaching, const struct canvas *canvas,
                      const struct digit_store *store)
{
    const struct teaching_mark *mark = last_mark(teaching, canvas, store);
    return mark ? my_digits_find(store->list, mark->digit) : -1;
}

int teaching_filed(const struct teaching *teaching, const struct canvas *canvas,
                   const struct digit_store *store)
{
    int at = find_filed(teaching, canvas, store);
    return at >= 0 ? my_digits_at(store->list, (uint32_t)at)->label : -1;
}

static void add_mark(struct teaching *teaching, const struct teaching_mark *mark)
{
    teaching->count = teaching->at;
    if (teaching->count == TEACHING_MARKS_MAX) {
        memmove(teaching->marks, teaching->marks + 1,
                (TEACHING_MARKS_MAX - 1) * sizeof *teaching->marks);
        teaching->count--;
    }
    teaching->marks[teaching->count++] = *mark;
    teaching->at = teaching->count;
}

/* The id of the digit that was filed, or filed anew; 0 with a sentence. */
static uint64_t file_canvas(struct teaching *teaching, const struct canvas *canvas,
                            struct digit_store *store, int label, struct err *err)
{
    struct my_digits *list = store->list;
    struct ink_fit fit;
    int at = find_filed(teaching, canvas, store);
    if (at >= 0) {
        uint64_t id = my_digits_at(list, (uint32_t)at)->id;
        return my_digits_relabel(list, (uint32_t)at, label, err) ? id : 0;
    }
    if (!canvas_fit(canvas, &fit)) {
        err_set(err, _("Draw a digit first, then say which it is."));
        return 0;
    }
    const struct ink *ink = canvas->picture.any ? NULL : drawing_ink(canvas->drawing);
    bool done = my_digits_add(list, label, ink, fit.pixels, err);
    return done ? my_digits_at(list, my_digits_count(list) - 1)->id : 0;
}

void teaching_file(struct teaching *teaching, struct canvas *canvas, struct digit_store *store,
                   int label)
{
    struct err err;
    if (!digit_store_is_open(store))
        return;
    canvas_lift(canvas);
    if (teaching_filed(teaching, canvas, store) == label)
        return;
    uint64_t digit = file_canvas(teaching, canvas, store, label, &err);
    if (!digit) {
        notices_say(store->means.notices, NOTICE_WORD, "%s", err.text);
        return;
    }
    struct teaching_mark mark = make_mark(canvas, store);
    mark.digit = digit;
    add_mark(teaching, &mark);
    digit_store_log(store, "taught", label);
}

bool teaching_can_undo(const struct teaching *teaching, const struct canvas *canvas,
                       const struct digit_store *store)
{
    return last_mark(teaching, canvas, store) != NULL;
}

bool teaching_undo(struct teaching *teaching, const struct canvas *canvas,
                   struct digit_store *store)
{
    if (!last_mark(teaching, canvas, store) || !my_digits_undo(store->list))
        return false;
    teaching->at--;
    digit_store_log(store, "undone", -1);
    return true;
}

bool teaching_can_redo(const struct teaching *teaching, const struct canvas *canvas,
                       const struct digit_store *store)
{
    struct teaching_mark now = make_mark(canvas, store);
    return teaching->at < teaching->count && same_canvas(&teaching->marks[teaching->at], &now) &&
           my_digits_can_redo(store->list);
}

bool teaching_redo(struct teaching *teaching, const struct canvas *canvas,
                   struct digit_store *store)
{
    if (!teaching_can_redo(teaching, canvas, store) || !my_digits_redo(store->list))
        return false;
    if (my_digits_version(store->list) !=
        teaching->marks[teaching->at].version) { /* another change's */
        my_digits_undo(store->list);
        return false;
    }
    teaching->at++;
    digit_store_log(store, "redone", -1);
    return true;
}

void teaching_forget_redo(struct teaching *teaching, const struct canvas *canvas)
{
    uint64_t step = drawing_step(canvas->drawing);
    while (teaching->at > 0 && teaching->marks[teaching->at - 1].step > step)
        teaching->at--; /* of strokes that were taken back: the new one gets the same number */
    teaching->count = teaching->at;
}
