/* SPDX-License-Identifier: MIT */
/* my_digits_id.c -- what a digit is known by in every window and in the file, without being written
 * there: a number made of its strokes and its picture. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/language.h"
#include "data/my_digits_inside.h"

static uint64_t add_float(uint64_t id, float value)
{
    uint32_t bits;
    value += 0.0f; /* so that -0 is 0, as it is once it was in a file */
    memcpy(&bits, &value, sizeof bits);
    return hash_stir(id ^ bits);
}

/* A point like the one before it says nothing, and a file leaves it out. */
static uint64_t add_stroke(uint64_t id, const struct ink_point *points, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0 && points[i].x == points[i - 1].x && points[i].y == points[i - 1].y)
            continue;
        id = add_float(add_float(id, points[i].x), points[i].y);
    }
    return hash_stir(id);
}

uint64_t my_digits_content_id(const struct ink *ink, const uint8_t *pixels)
{
    uint64_t id = 0;
    for (int i = 0; i < FIT_LEN; i += (int)sizeof id) {
        uint64_t some;
        memcpy(&some, pixels + i, sizeof some);
        id = hash_stir(id ^ some);
    }
    for (uint32_t i = 0; ink && i < ink->stroke_count; i++)
        id = add_stroke(id, ink->points + ink->strokes[i].at, ink->strokes[i].count);
    return id;
}

/* ---- no two in a list ------------------------------------------------------------------------ */

/* A table of ids, open addressed; 0 is a free place. */
struct ids {
    uint64_t *places;
    size_t mask;
};

/* False if it was there. */
static bool add_id(struct ids *ids, uint64_t id)
{
    size_t at = id & ids->mask;
    while (ids->places[at] && ids->places[at] != id)
        at = (at + 1) & ids->mask;
    bool fresh = ids->places[at] != id;
    ids->places[at] = id;
    return fresh;
}

static bool has_id(const struct my_digit *const *digits, uint32_t count, uint64_t id)
{
    for (uint32_t i = 0; i < count; i++)
        if (digits[i]->id == id)
            return true;
    return false;
}

bool my_digits_settle_ids(struct my_digits *my, const struct my_digit *const *before,
                          uint32_t count, uint32_t fresh_count, struct err *err)
{
    if (fresh_count == 1) { /* for one the table is not worth while */
        struct my_digit *fresh = my->made[my->made_count - 1];
        while (has_id(before, count, fresh->id))
            fresh->id = hash_stir(fresh->id);
        return true;
    }
    size_t room = 16;
    while (room < 2 * ((size_t)count + fresh_count))
        room *= 2;
    struct ids ids = {calloc(room, sizeof *ids.places), room - 1};
    if (!ids.places)
        return err_memory(err, _("your digits"));
    for (uint32_t i = 0; i < count; i++)
        add_id(&ids, before[i]->id);
    for (uint32_t i = my->made_count - fresh_count; i < my->made_count; i++)
        while (!add_id(&ids, my->made[i]->id))
            my->made[i]->id = hash_stir(my->made[i]->id);
    free(ids.places);
    return true;
}
