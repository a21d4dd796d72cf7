/* SPDX-License-Identifier: MIT */
/* Suspects in the whole program: found among spoiled labels, corrected, and learnt as corrected. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_fonts.h"
#include "app_world.h"
#include "data/dataset.h"
#include "data/synthetic.h"
#include "ink/fit.h"
#include "places.h"
#include "suite.h"

enum { IMAGES = 300, EVERY = 20 };

static unsigned char images[16 + IMAGES * FIT_LEN], labels[8 + IMAGES];

/* Training images of which one in fifty is labelled wrong. */
static void write_spoiled(void)
{
    char path[400];
    const unsigned char high = IMAGES >> 8, low = IMAGES & 255;
    memcpy(images, (unsigned char[]){0, 0, 8, 3, 0, 0, high, low, 0, 0, 0, 28, 0, 0, 0, 28}, 16);
    memcpy(labels, (unsigned char[]){0, 0, 8, 1, 0, 0, high, low}, 8);
    for (uint32_t i = 0; i < IMAGES; i++) {
        int digit = synthetic_draw(3, i, images + 16 + i * (size_t)FIT_LEN);
        labels[8 + i] = (unsigned char)(i % EVERY == 7 ? (digit + 3) % 10 : digit);
    }
    snprintf(path, sizeof path, "%s/train-images-idx3-ubyte", data_path);
    write_file(path, images, sizeof images);
    snprintf(path, sizeof path, "%s/train-labels-idx1-ubyte", data_path);
    write_file(path, labels, sizeof labels);
}

static void make_spoiled_world(void)
{
    make_world();
    write_spoiled();
}

static void open_card(void)
{
    set_up();
    wait_until(app->store.loaded);
    ask(ACT_DATA_LOAD, 0);
    wait_until(library_train(app->library) != NULL);
    key('4', UI_CTRL);
    frame();
    ask(ACT_SHOW_SUSPECTS, 0);
    frame();
}

/* As if a search had found every thirtieth image: what becomes of them is the same for any. */
static void open_with_suspects(void)
{
    open_card();
    struct suspecting *suspecting = &app->suspecting;
    const struct dataset *train = library_train(app->library);
    suspecting->count = IMAGES / 30;
    suspecting->found = malloc((size_t)suspecting->count * sizeof *suspecting->found);
    suspecting->found_set = library_number(app->library);
    for (int i = 0; i < suspecting->count; i++) {
        uint8_t label = train->labels[30 * i];
        suspecting->found[i] =
            (struct suspect){(uint32_t)(30 * i), label, (label + 3) % 10, 0.99f, 0.001f};
    }
    frame();
}

static uint32_t first_found(void)
{
    ck_assert_int_gt(app->suspecting.count, 0);
    return app->suspecting.found[0].image;
}

static void click_tile(uint32_t image)
{
    char name[40];
    snprintf(name, sizeof name, "suspect-%u", image);
    click(name);
    frame();
}

static const struct corrections *corrections(void)
{
    return &app->suspecting.corrections;
}

/* That they are the spoiled ones, tests/train/ sees to. */
START_TEST(what_is_found_is_of_these_images_and_the_log_says_how_many)
{
    click("suspects-find");
    wait_until(!suspecting_busy(&app->suspecting) && app->suspecting.found);
    const struct dataset *train = library_train(app->library);
    for (int i = 0; i < app->suspecting.count; i++) {
        const struct suspect *suspect = &app->suspecting.found[i];
        ck_assert_uint_lt(suspect->image, IMAGES);
        ck_assert_uint_eq(suspect->label, train->labels[suspect->image]);
        ck_assert_uint_ne(suspect->label, suspect->answer);
    }
    const json_t *event = find_event("suspects", 0);
    ck_assert_int_eq(json_integer_value(json_object_get(event, "count")), app->suspecting.count);
    ck_assert_int_eq(json_integer_value(json_object_get(event, "images")), IMAGES);
}
END_TEST

START_TEST(a_suspect_is_relabelled_left_out_and_undone)
{
    uint32_t image = first_found();
    ck_assert(!ui_find_control(app->ui, "leave-out"));
    click_tile(image);
    click("leave-out");
    ck_assert_int_eq(corrections_of(corrections(), image), CORRECTION_OUT);
    ask(ACT_RELABEL, 6);
    frame();
    ck_assert_int_eq(corrections_of(corrections(), image), 6);
    key('z', UI_CTRL); /* the canvas, which is not on show, keeps what it has */
    ck_assert_int_eq(corrections_of(corrections(), image), CORRECTION_OUT);
    ask(ACT_RELABEL, 6);
    frame();
    click("label-undo");
    ck_assert_int_eq(corrections_of(corrections(), image), CORRECTION_OUT);
    click("label-back");
    ck_assert_int_eq(corrections_of(corrections(), image), CORRECTION_NONE);
    click("leave-out");
    click("leave-out");
    ck_assert_int_eq(corrections_of(corrections(), image), CORRECTION_NONE);
    ask(ACT_RELABEL, app->suspecting.found[0].label); /* the one that it has */
    frame();
    ck_assert_uint_eq(corrections()->count, 0);
}
END_TEST

START_TEST(corrections_outlive_the_window_and_the_data_stays_as_it_is)
{
    uint32_t image = first_found();
    uint8_t label = app->suspecting.found[0].label;
    click_tile(image);
    ask(ACT_RELABEL, (label + 1) % 10);
    frame();
    close_app();
    open_app(1280, 800);
    ask(ACT_DATA_LOAD, 0);
    wait_until(library_train(app->library) != NULL);
    key('4', UI_CTRL);
    frame();
    frame();
    ck_assert_int_eq(corrections_of(corrections(), image), (label + 1) % 10);
    ck_assert_uint_eq(library_train(app->library)->labels[image], label);
}
END_TEST

START_TEST(a_training_learns_the_corrected_images)
{
    uint32_t image = first_found();
    click_tile(image);
    click("leave-out");
    ask(ACT_START, 0);
    wait_until(app->training.stage == TRAINING_LIVE);
    ck_assert_uint_eq(app->training.sets.train->count, IMAGES - 1);
    ck_assert_ptr_nonnull(strstr(app->training.data, "1 label corrected"));
    ask(ACT_STOP, 0);
    wait_until(!training_busy(&app->training));
    ask(ACT_LABEL_UNDO, 0);
    frame();
    ask(ACT_START, 0);
    wait_until(app->training.stage == TRAINING_LIVE);
    ck_assert_uint_eq(app->training.sets.train->count, IMAGES);
    ask(ACT_STOP, 0);
    wait_until(!training_busy(&app->training));
}
END_TEST

START_TEST(one_goes_on_the_canvas)
{
    uint32_t image = first_found();
    click_tile(image);
    click("suspect-draw");
    frame();
    ck_assert_int_eq(app->inspect_part, INSPECT_DRAWING);
    ck_assert_mem_eq(app->canvas.fit.pixels,
                     library_train(app->library)->pixels + (size_t)image * FIT_LEN, FIT_LEN);
}
END_TEST

START_TEST(what_cannot_be_is_said)
{
    uint32_t before = corrections()->count;
    ask(ACT_LEAVE_OUT, 0); /* none is chosen */
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_WORD);
    ask(ACT_SUSPECT_CHOOSE, 999999);
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_uint_eq(corrections()->count, before);
}
END_TEST

START_TEST(it_can_be_stopped)
{
    click("suspects-find");
    frame();
    ck_assert(suspecting_busy(&app->suspecting));
    click("suspects-stop");
    wait_until(!suspecting_busy(&app->suspecting));
    ck_assert_int_eq(app->suspecting.count, IMAGES / 30); /* those of before stay */
}
END_TEST

START_TEST(nothing_is_cut_or_lies_over_another)
{
    places_check_sizes("suspects");
    ask(ACT_SUSPECT_CHOOSE, first_found());
    ask(ACT_LEAVE_OUT, 0);
    places_check_sizes("a suspect that is left out");
    ask(ACT_SUSPECTS, 0);
    places_check_sizes("suspects on the way");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("suspecting");
    TCase *search = tcase_create("search");
    tcase_add_unchecked_fixture(search, make_spoiled_world, remove_world);
    tcase_add_checked_fixture(search, open_card, tear_down);
    tcase_set_timeout(search, 120);
    tcase_add_test(search, what_is_found_is_of_these_images_and_the_log_says_how_many);
    suite_add_tcase(suite, search);
    TCase *tests = tcase_create("suspects");
    tcase_add_unchecked_fixture(tests, measure_fonts, forget_fonts);
    tcase_add_unchecked_fixture(tests, make_spoiled_world, remove_world);
    tcase_add_checked_fixture(tests, open_with_suspects, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_suspect_is_relabelled_left_out_and_undone);
    tcase_add_test(tests, corrections_outlive_the_window_and_the_data_stays_as_it_is);
    tcase_add_test(tests, a_training_learns_the_corrected_images);
    tcase_add_test(tests, one_goes_on_the_canvas);
    tcase_add_test(tests, what_cannot_be_is_said);
    tcase_add_test(tests, it_can_be_stopped);
    tcase_add_test(tests, nothing_is_cut_or_lies_over_another);
    suite_add_tcase(suite, tests);
    return suite;
}
