/* SPDX-License-Identifier: MIT */
#include "model/record.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"
#include "base/number.h"
#include "base/text.h"

void record_clear(struct record *record)
{
    for (int i = 0; i < record->count; i++) {
        free(record->items[i].key);
        free(record->items[i].value);
    }
    free(record->items);
    *record = (struct record){0};
}

bool record_copy(struct record *to, const struct record *from, struct err *err)
{
    record_clear(to);
    for (int i = 0; i < from->count; i++) {
        if (!record_set(to, from->items[i].key, from->items[i].value, err)) {
            record_clear(to);
            return false;
        }
    }
    return true;
}

/* The place of the key, or the place where it belongs. */
static int find_place(const struct record *record, const char *key, bool *found)
{
    int lo = 0, hi = record->count;
    *found = false;
    while (lo < hi) {
        int mid = (lo + hi) / 2, order = strcmp(record->items[mid].key, key);
        if (order == 0) {
            *found = true;
            return mid;
        }
        if (order < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static char *copy_clean(const char *text)
{
    char *copy = strdup(text);
    for (char *s = copy; s && *s;) {
        size_t size = text_character(s, NULL);
        if (size == 0)
            *s = '?';
        s += size ? size : 1;
    }
    return copy;
}

static void remove_item(struct record *record, int i)
{
    free(record->items[i].key);
    free(record->items[i].value);
    record->count--;
    memmove(record->items + i, record->items + i + 1,
            (size_t)(record->count - i) * sizeof record->items[0]);
}

static bool grow_items(struct record *record)
{
    if (record->count < record->room)
        return true;
    int room = record->room ? 2 * record->room : 16;
    struct record_item *items = realloc(record->items, (size_t)room * sizeof *items);
    if (!items)
        return false;
    record->items = items;
    record->room = room;
    return true;
}

/* Takes `value` over when it succeeds. */
static bool insert_item(struct record *record, int i, const char *key, char *value)
{
    char *name = copy_clean(key);
    if (!name || !grow_items(record)) {
        free(name);
        return false;
    }
    memmove(record->items + i + 1, record->items + i,
            (size_t)(record->count - i) * sizeof record->items[0]);
    record->items[i] = (struct record_item){name, value};
    record->count++;
    return true;
}

bool record_set(struct record *record, const char *key, const char *value, struct err *err)
{
    bool found;
    int i = find_place(record, key, &found);
    if (!value) {
        if (found)
            remove_item(record, i);
        return true;
    }
    if (strlen(key) >= RECORD_KEY_MAX || strlen(value) >= RECORD_VALUE_MAX)
        return err_set(err, _("\"%.40s\" is too long for a record; use at most %d bytes."), key,
                       RECORD_VALUE_MAX - 1);
    if (!found && record->count >= RECORD_ITEMS_MAX)
        return err_set(err, _("There is no room for \"%s\": a record has at most %d entries."), key,
                       RECORD_ITEMS_MAX);
    char *copy = copy_clean(value);
    if (!copy)
        return err_memory(err, _("a model's record"));
    if (found) {
        free(record->items[i].value);
        record->items[i].value = copy;
    } else if (!insert_item(record, i, key, copy)) {
        free(copy);
        return err_memory(err, _("a model's record"));
    }
    return true;
}

bool record_set_number(struct record *record, const char *key, double number, struct err *err)
{
    char text[NUMBER_TEXT_MAX];
    return record_set(record, key, number_write_double(number, text), err);
}

bool record_set_count(struct record *record, const char *key, uint64_t number, struct err *err)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRIu64, number);
    return record_set(record, key, text, err);
}

bool record_set_bits(struct record *record, const char *key, const uint64_t *bits, int count,
                     struct err *err)
{
    char text[RECORD_VALUE_MAX] = "";
    if (count > (RECORD_VALUE_MAX - 1) / 16)
        return err_set(err, _("\"%s\" is too long for a record."), key);
    for (int i = 0; i < count; i++)
        snprintf(text + 16 * i, 17, "%016" PRIx64, bits[i]);
    return record_set(record, key, text, err);
}

const char *record_get(const struct record *record, const char *key)
{
    bool found;
    int i = find_place(record, key, &found);
    return found ? record->items[i].value : NULL;
}

bool record_get_number(const struct record *record, const char *key, double *number)
{
    const char *text = record_get(record, key);
    char *end;
    if (!text || !*text)
        return false;
    double value = strtod(text, &end);
    if (*end || !isfinite(value))
        return false;
    *number = value;
    return true;
}

bool record_get_count(const struct record *record, const char *key, uint64_t *number)
{
    const char *text = record_get(record, key);
    if (!text || !*text || strspn(text, "0123456789") != strlen(text))
        return false;
    errno = 0;
    uint64_t value = strtoull(text, NULL, 10);
    if (errno)
        return false;
    *number = value;
    return true;
}

bool record_get_bits(const struct record *record, const char *key, uint64_t *bits, int count)
{
    const char *text = record_get(record, key);
    if (!text || strlen(text) != 16 * (size_t)count ||
        strspn(text, "0123456789abcdef") != strlen(text))
        return false;
    for (int i = 0; i < count; i++)
        sscanf(text + 16 * i, "%16" SCNx64, &bits[i]);
    return true;
}
