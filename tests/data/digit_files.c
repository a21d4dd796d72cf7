/* SPDX-License-Identifier: MIT */
#include "digit_files.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/files.h"
#include "data/find.h"
#include "data_files.h"

void make_images(int seed, uint8_t *images)
{
    static const uint8_t head[16] = {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, 28, 0, 0, 0, 28};
    memcpy(images, head, 16);
    for (int i = 0; i < COUNT * LEN; i++)
        images[16 + i] = (uint8_t)((i % 3 ? 0 : i * 2654435761u >> 7) % 251 + (unsigned)seed);
}

void make_labels(int seed, uint8_t *labels)
{
    const uint8_t file[LABELS_SIZE] = {0, 0, 8, 1, 0, 0, 0, COUNT, (uint8_t)seed, 0, 9, 3};
    memcpy(labels, file, LABELS_SIZE);
}

void write_idx(const char *name, int seed)
{
    uint8_t file[IMAGES_SIZE];
    const char *last = files_name(name);
    bool images = strstr(last, "images") != NULL, zipped = strstr(last, ".gz") != NULL;
    if (images)
        make_images(seed, file);
    else
        make_labels(seed, file);
    size_t size = images ? IMAGES_SIZE : LABELS_SIZE;
    if (zipped)
        write_gzip(name, file, size, 1, NULL);
    else
        write_file(name, file, size);
}

void write_pair(const char *pattern, int seed)
{
    for (int labels = 0; labels < 2; labels++) {
        char name[300];
        size_t used = 0;
        for (const char *at = pattern; *at; at++)
            used += (size_t)snprintf(name + used, sizeof name - used, "%.*s",
                                     *at == '@' ? 6 : *at == '#' ? 4 : 1,
                                     *at == '@'   ? labels ? "labels" : "images"
                                     : *at == '#' ? labels ? "idx1" : "idx3"
                                                  : at);
        write_idx(name, seed);
    }
}

struct dataset *find(const char *place, enum dataset_split split)
{
    struct err err = {""};
    struct dataset *set = find_data(place, split, &err);
    ck_assert_msg(set, "%s", err.text);
    return set;
}

void expect(const char *place, enum dataset_split split, int seed, const char *name,
                   const char *note)
{
    char guess[DATASET_NAME_MAX];
    struct dataset *set = find(place, split);
    ck_assert_uint_eq(set->count, COUNT);
    ck_assert_int_eq(set->labels[0], seed);
    ck_assert_str_eq(set->name, name);
    if (note ? !strstr(set->note, note) : set->note[0] != 0)
        ck_abort_msg("note: %s", set->note);
    ck_assert(find_here(place, split));
    ck_assert(find_guess(place, split, guess));
    ck_assert_str_eq(guess, name);
    dataset_free(set);
}

void expect_refused(const char *place, enum dataset_split split, const char *why)
{
    struct err err = {""};
    struct dataset *set = find_data(place, split, &err);
    if (set || !strstr(err.text, why) || !strchr(".?", err.text[strlen(err.text) - 1]))
        ck_abort_msg("%s: %s", set ? "accepted" : "sentence", err.text);
}

void cut_file(const char *name, long less)
{
    FILE *file = fopen(path_of(name), "rb");
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    ck_assert_int_eq(truncate(path_of(name), size - less), 0);
}
