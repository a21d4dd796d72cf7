/* SPDX-License-Identifier: MIT */
/* Saving while memory is short: whichever allocation fails, the old file or the whole new one is
 * there, and what is said is true. */
#include <check.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/state/digit_file.h"
#include "app/state/settings.h"
#include "app/train/curves_export.h"
#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"
#include "data/dataset.h"
#include "data/my_digits.h"
#include "digits.h"
#include "model/model.h"
#include "nn/nn.h"
#include "par/pool.h"
#include "robot.h"
#include "short_memory.h"
#include "suite.h"
#include "sys/picture.h"
#include "train/history.h"
#include "train/report.h"
#include "train/run.h"
#include "train/trainer.h"
#include "train_helpers.h"
#include "ui/theme.h"

static struct err err;

/* ---- what is saved --------------------------------------------------------------------------- */

static struct my_digits *list;
static struct model *model;
static struct run *saved_run;
static struct pool *pool;
static struct dataset *set;
static struct history *history;
static struct settings settings;
static struct recipe recipe;

static bool save_strokes(const char *path)
{
    const struct my_digit **digits = my_digits_all(list, &err);
    bool ok = digits && my_digits_save(path, (const struct my_digit *const *)digits,
                                       my_digits_count(list), &err);
    free(digits);
    return ok;
}

static bool save_model(const char *path)
{
    return model_save(model, path, &err);
}

/* As training leaves it: with its report. */
static bool save_trained(const char *path)
{
    static struct trainer_view view;
    view.recipe = recipe;
    view.train_count = 40;
    struct report report = {.view = &view, .train = set, .threads = 1};
    struct nn *net = nn_copy(model->net, &err);
    struct model *trained = net ? report_model(&report, net, &err) : NULL;
    bool ok = trained && model_save(trained, path, &err);
    model_free(trained);
    return ok;
}

static bool save_checkpoint(const char *path)
{
    return run_save(saved_run, path, &err);
}

static bool save_settings(const char *path)
{
    struct settings_file file;
    struct settings now;
    settings_open(&file, &now, path);
    if (!file.changed) { /* at the start, and nothing is written then */
        settings_close(&file);
        return err_memory(&err, "the settings");
    }
    memcpy(&now, &settings, sizeof now);
    bool ok = settings_write(&file, &now, &err);
    settings_close(&file);
    return ok;
}

static struct export_run run_to_export(void)
{
    return (struct export_run){.recipe = &recipe, .history = history, .data = "digits"};
}

static bool save_table(const char *path)
{
    struct export_run run = run_to_export();
    return export_csv_file(&run, path, &err);
}

/* The shapes, a line each, in place of a picture of them. */
static bool save_shapes(void *user, const char *path, const struct ui_shapes *shapes, float width,
                        float height, float scale, ui_color ground, struct err *why)
{
    struct buffer out = {0};
    struct files_part part = {0};
    (void)user, (void)width, (void)height, (void)scale, (void)ground;
    for (size_t i = 0; i < shapes->count; i++) {
        const struct ui_shape *shape = &shapes->items[i];
        buffer_print(&out, "%d %g %g %g %g %08x %u %s\n", shape->kind, (double)shape->rect.x,
                     (double)shape->rect.y, (double)shape->rect.w, (double)shape->rect.h,
                     shape->fill, shape->count, ui_shape_text(shapes, shape));
    }
    char *text = buffer_take(&out, &part.size);
    part.data = text;
    bool ok = text ? files_write(path, &part, 1, why) : err_memory(why, "the shapes");
    free(text);
    return ok;
}

static bool save_curves(const char *path)
{
    struct export_run run = run_to_export();
    struct export_painter painter = {.save = save_shapes};
    return export_png_file(&run, &painter, &robot_metrics, ui_theme_dark(), path, &err);
}

static bool save_picture(const char *path)
{
    static uint32_t pixels[300 * 200];
    for (uint32_t i = 0; i < 300 * 200; i++)
        pixels[i] = 0xff000000u | (i * 2654435761u >> 8);
    return picture_save(path, pixels, 300, 200, 300, &err);
}

static const struct writer {
    const char *name; /* its ending counts */
    bool (*save)(const char *path);
} writers[] = {
    {"digits.unp", save_strokes}, {"digits.unp.gz", save_strokes},
    {"model.safetensors", save_model}, {"trained.safetensors", save_trained},
    {"training.checkpoint", save_checkpoint},
    {"settings.json", save_settings}, {"curves.csv", save_table},
    {"curves.shapes", save_curves}, {"picture.png", save_picture},
};
enum { WRITERS = sizeof writers / sizeof writers[0] };

static void make_digits(void)
{
    struct ink ink = {0};
    uint8_t pixels[FIT_LEN] = {0};
    list = my_digits_new(&err);
    for (int i = 0; i < 3; i++) {
        ck_assert(ink_begin(&ink, (float)i, 0.1f, &err) && ink_add(&ink, (float)i, 0.7f, &err));
        pixels[300] = (uint8_t)(i + 1);
        ck_assert(my_digits_add(list, i, &ink, pixels, &err));
    }
    ink_free(&ink);
}

static void set_up(void)
{
    recipe = make_recipe("nielsen-30", "net 784-8-10; epochs 2");
    set = draw_digits(40);
    pool = pool_new(1, false, &err);
    saved_run = start_run(&recipe, set, pool);
    model = model_new(nn_new("784-8-10", &err), "small", &err);
    ck_assert_ptr_nonnull(model);
    history = calloc(1, sizeof *history);
    for (int i = 0; i < 100; i++)
        history_add_point(history,
                          (struct history_point){(float)i / 50, 1.0f / (float)(i + 1), 0.9f});
    make_digits();
    settings_usual(&settings);
    settings.dark = false;
    settings_add_recent(&settings, "/");
    settings_add_recent(&settings, "/tmp");
}

static void tear_down(void)
{
    free(history);
    my_digits_free(list);
    model_free(model);
    run_free(saved_run);
    pool_free(pool);
    dataset_free(set);
}

/* ---- the test -------------------------------------------------------------------------------- */

struct bytes {
    unsigned char *data;
    size_t size;
};

/* A moment's number, which differs from one save to the next, is written as noughts. */
static struct bytes read_bytes(const char *path)
{
    struct bytes bytes;
    bytes.data = files_read(path, 1 << 26, &bytes.size, &err);
    ck_assert_msg(bytes.data != NULL, "%s", err.text);
    for (size_t i = 0, run; strstr(path, "settings") && i < bytes.size; i += run + 1) {
        for (run = 0; isdigit(bytes.data[i + run]);)
            run++;
        if (run >= 12)
            memset(bytes.data + i, '0', run);
    }
    return bytes;
}

static bool same_bytes(struct bytes a, struct bytes b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static void put_old(const char *path)
{
    static const char old[] = "{\"theme\": \"dark\", \"unknown\": \"stays\"}\n";
    struct files_part part = {old, sizeof old - 1};
    ck_assert(files_write(path, &part, 1, &err));
}

/* Whether memory was short in it at all. */
static bool save_with_failure(const struct writer *writer, int n, bool all, struct bytes old,
                              struct bytes new)
{
    const char *path = temporary_path(writer->name);
    put_old(path);
    strcpy(err.text, "stale");
    memory_fail(n, all);
    bool ok = writer->save(path);
    int failed = memory_restore();
    struct bytes now = read_bytes(path);
    ck_assert_msg(same_bytes(now, ok ? new : old), "%s: %s after failure %d%s", writer->name,
                  ok ? "success is said of a file that is not whole" : "the old file is gone", n,
                  all ? " and all after it" : "");
    ck_assert_msg(ok || strcmp(err.text, "stale") != 0, "%s: nothing is said of failure %d",
                  writer->name, n);
    free(now.data);
    return failed > 0;
}

START_TEST(whichever_allocation_fails_the_old_file_or_the_whole_new_one_is_there)
{
    enum { FAILURES_MAX = 20000 };
    const struct writer *writer = &writers[_i];
    const char *path = temporary_path(writer->name);
    put_old(path);
    struct bytes old = read_bytes(path);
    ck_assert_msg(writer->save(path), "%s", err.text);
    struct bytes new = read_bytes(path);
    ck_assert(!same_bytes(old, new));
    for (int all = 0; all < 2; all++) {
        int n = 1;
        while (save_with_failure(writer, n, all, old, new) && n < FAILURES_MAX)
            n++;
        ck_assert_int_gt(n, 1);
        ck_assert_int_lt(n, FAILURES_MAX);
    }
    free(old.data);
    free(new.data);
}
END_TEST

/* Loads and saves my digits where another window changed them, with the n-th allocation failing.
 * Whether memory was short at all. */
static bool share_with_failure(const char *path, int n, bool all)
{
    struct digit_file file = {0};
    struct my_digits_news news = {0};
    struct err said;
    ck_assert(save_strokes(path));
    memory_fail(n, all);
    struct my_digits *my_digits_here = digit_file_load(&file, path, &said, &err);
    if (my_digits_here)
        my_digits_relabel(my_digits_here, 0, 9, &err); /* so that there is something to write */
    const struct my_digit **digits = my_digits_here ? my_digits_all(my_digits_here, &err) : NULL;
    if (digits)
        file.mark.size++; /* as if it had been changed elsewhere */
    if (digits &&
        digit_file_save(&file, path, digits, my_digits_count(my_digits_here), &news, &said, &err) &&
        !my_digits_take_news(my_digits_here, &news, &err))
        digit_file_forget(&file);
    int failed = memory_restore();
    free(digits);
    my_digits_news_clear(&news);
    my_digits_free(my_digits_here);
    digit_file_forget(&file);
    return failed > 0;
}

START_TEST(digits_read_while_memory_is_short_are_not_taken_for_damaged)
{
    char path[400], aside[420];
    snprintf(path, sizeof path, "%s", temporary_path("shared.unp"));
    snprintf(aside, sizeof aside, "%s.damaged-1", path);
    for (int all = 0; all < 2; all++) {
        int n = 1;
        for (bool failed = true; failed; n++) {
            failed = share_with_failure(path, n, all);
            struct my_digits *left = load_digits(path, &err);
            ck_assert_msg(left != NULL, "after failure %d: %s", n, err.text);
            ck_assert_uint_eq(my_digits_count(left), 3);
            ck_assert_msg(!files_exist(aside), "put aside after failure %d", n);
            my_digits_free(left);
        }
        ck_assert_int_gt(n, 20);
    }
}
END_TEST

START_TEST(a_buffer_that_did_not_get_all_gives_nothing)
{
    size_t size;
    for (int n = 1; n <= 4; n++) {
        struct buffer buffer = {0};
        memory_fail(n, false);
        for (int i = 0; i < 100; i++)
            buffer_print(&buffer, "%d %s\n", i, "digits of somebody's hand");
        char *text = buffer_take(&buffer, &size);
        int failed = memory_restore();
        ck_assert_int_eq(failed, 1);
        ck_assert_ptr_null(text);
        ck_assert_uint_eq(size, 0);
    }
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *tcase = tcase_create("memory");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    tcase_add_loop_test(
        tcase, whichever_allocation_fails_the_old_file_or_the_whole_new_one_is_there, 0, WRITERS);
    tcase_add_test(tcase, digits_read_while_memory_is_short_are_not_taken_for_damaged);
    tcase_add_test(tcase, a_buffer_that_did_not_get_all_gives_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
