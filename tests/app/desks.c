/* SPDX-License-Identifier: MIT */
#include "desks.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "data/my_digits.h"
#include "data/my_digits_merge.h"

char folder[64], path[128];

struct desk a, b;

void close_desk(struct desk *desk)
{
    my_digits_free(desk->list);
    digit_file_forget(&desk->file);
    *desk = (struct desk){.list = NULL};
}

const char *open_desk(struct desk *desk)
{
    static struct err said;
    struct err err = {""};
    close_desk(desk);
    desk->list = digit_file_load(&desk->file, path, &said, &err);
    ck_assert_msg(desk->list != NULL, "%s", err.text);
    return said.text;
}

bool try_to_save(struct desk *desk, struct err *said, struct err *err)
{
    struct my_digits_news news;
    const struct my_digit **digits = my_digits_all(desk->list, NULL);
    bool done =
        digit_file_save(&desk->file, path, digits, my_digits_count(desk->list), &news, said, err);
    if (done)
        ck_assert(my_digits_take_news(desk->list, &news, NULL));
    my_digits_news_clear(&news);
    free(digits);
    return done;
}

/* Saves, and takes in what the other window did. */
const char *sync_desk(struct desk *desk)
{
    static struct err said;
    struct err err = {""};
    ck_assert_msg(try_to_save(desk, &said, &err), "%s", err.text);
    return said.text;
}

void make_folder(void)
{
    const char *memory = "/dev/shm"; /* hundreds of small files are quicker there */
    snprintf(folder, sizeof folder, "%s/inkling-store-XXXXXX",
             access(memory, W_OK) == 0 ? memory : "/tmp");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/my-digits.unp", folder);
}

void remove_folder(void)
{
    char command[128];
    close_desk(&a);
    close_desk(&b);
    snprintf(command, sizeof command, "rm -r %s", folder);
    ck_assert_int_eq(system(command), 0);
}

/* Every `kind` is drawn in its own way. */
void add(struct desk *desk, int kind, int label)
{
    struct ink ink = {0};
    uint8_t pixels[FIT_LEN] = {0};
    for (int i = 0; i < 20; i++)
        pixels[300 + i] = (uint8_t)(kind >> i % 8 & 255);
    memcpy(pixels + 400, &kind, sizeof kind);
    ck_assert(ink_begin(&ink, (float)kind, 1.5f, NULL) && ink_add(&ink, 9.25f, -3, NULL));
    ck_assert(my_digits_add(desk->list, label, kind % 3 ? &ink : NULL, pixels, NULL));
    ink_free(&ink);
}

static int kind_of(const struct my_digit *digit)
{
    int kind;
    memcpy(&kind, digit->pixels + 400, sizeof kind);
    return kind;
}

int find(const struct desk *desk, int kind)
{
    for (uint32_t i = 0; i < my_digits_count(desk->list); i++)
        if (kind_of(my_digits_at(desk->list, i)) == kind)
            return (int)i;
    return -1;
}

/* The label of that digit, or -1 where it is not there. */
int label(const struct desk *desk, int kind)
{
    int at = find(desk, kind);
    return at < 0 ? -1 : my_digits_at(desk->list, (uint32_t)at)->label;
}

void relabel(struct desk *desk, int kind, int to)
{
    ck_assert_int_ge(find(desk, kind), 0);
    ck_assert(my_digits_relabel(desk->list, (uint32_t)find(desk, kind), to, NULL));
}

void delete(struct desk *desk, int kind)
{
    ck_assert_int_ge(find(desk, kind), 0);
    ck_assert(my_digits_remove(desk->list, (uint32_t)find(desk, kind), NULL));
}

/* Two windows with the digits 1 to 5, each named by its kind. */
void open_both(void)
{
    open_desk(&a);
    for (int kind = 1; kind <= 5; kind++)
        add(&a, kind, kind);
    sync_desk(&a);
    open_desk(&b);
    ck_assert_uint_eq(my_digits_count(b.list), 5);
}

/* In both windows and in the file, and under the same numbers, which rise in the file. */
void expect_same(void)
{
    struct desk file = {.list = NULL};
    sync_desk(&a);
    sync_desk(&b);
    sync_desk(&a);
    ck_assert_str_eq(open_desk(&file), "");
    const struct desk *const desks[] = {&a, &b};
    for (int i = 0; i < 2; i++) {
        ck_assert_uint_eq(my_digits_count(desks[i]->list), my_digits_count(file.list));
        for (uint32_t k = 0; k < my_digits_count(file.list); k++) {
            const struct my_digit *digit = my_digits_at(file.list, k);
            int at = my_digits_find(desks[i]->list, digit->id);
            ck_assert_int_ge(at, 0);
            ck_assert_int_eq(my_digits_at(desks[i]->list, (uint32_t)at)->label, digit->label);
            ck_assert_uint_eq(my_digits_at(desks[i]->list, (uint32_t)at)->number, digit->number);
            if (k > 0)
                ck_assert_uint_gt(digit->number, my_digits_at(file.list, k - 1)->number);
        }
    }
    close_desk(&file);
}
