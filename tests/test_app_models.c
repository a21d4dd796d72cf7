/* SPDX-License-Identifier: MIT */
/* Models in the window: those that another program changed, and those that read slowly. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/act.h"
#include "app/draw/canvas.h"
#include "app_world.h"
#include "base/files.h"
#include "model/model.h"

/* A copy of the model whose last weight differs, under a name of its own. */
static char *change_model(void)
{
    static char path[400];
    size_t size;
    unsigned char *data = files_read(model_path, 1 << 24, &size, NULL);
    ck_assert_ptr_nonnull(data);
    data[size - 4] ^= 1; /* the lowest bit of the last weight */
    snprintf(path, sizeof path, "%s/changed.safetensors", folder);
    write_file(path, data, size);
    free(data);
    return path;
}

static bool is_offered(const char *label)
{
    for (int i = 0; i < NOTICE_OFFERS_MAX; i++)
        if (app->notice.offers[i].label && strcmp(app->notice.offers[i].label, label) == 0)
            return true;
    return false;
}

START_TEST(a_changed_model_is_said_and_opens_all_the_same_if_one_answers)
{
    const struct model *before = app->models.current;
    char *path = change_model();
    drop(path);
    frame();
    ck_assert_ptr_eq(app->models.current, before);
    ck_assert_msg(strstr(app->notice.text, "was changed since it was saved"), "%s", app->notice.text);
    ck_assert(is_offered("Open it all the same"));
    ck_assert_ptr_null(strstr(app->notice.text, "--trust"));
    app_act(app, &(struct action){.kind = ACT_MODEL_TRUST});
    frame();
    ck_assert_ptr_ne(app->models.current, before);
    ck_assert_ptr_nonnull(strstr(app->models.path, "changed.safetensors"));
}
END_TEST

START_TEST(only_what_was_just_refused_for_it_is_opened_all_the_same)
{
    char missing[400];
    drop(change_model());
    frame();
    snprintf(missing, sizeof missing, "%s/missing.safetensors", folder);
    app_act(app, &(struct action){.kind = ACT_MODEL_OPEN, .text = missing});
    ck_assert(!is_offered("Open it all the same"));
    const struct model *before = app->models.current;
    app_act(app, &(struct action){.kind = ACT_MODEL_TRUST});
    ck_assert_ptr_eq(app->models.current, before);
}
END_TEST

START_TEST(a_changed_model_at_the_start_wants_to_be_trusted)
{
    struct err err = {""};
    struct app_setup setup = usual_setup();
    close_app();
    setup.model = change_model();
    ck_assert_ptr_null(app_new(&setup, &err));
    ck_assert_msg(strstr(err.text, "with --trust."), "%s", err.text);
    setup.trust = true;
    struct app *other = app_new(&setup, &err);
    ck_assert_msg(other != NULL, "%s", err.text);
    app_free(other);
    open_app(1280, 800);
}
END_TEST

START_TEST(a_model_that_reads_slowly_is_said_once)
{
    app->canvas.answer.microseconds = 0.9e6;
    canvas_tell_slow(app);
    ck_assert_ptr_null(strstr(app->notice.text, "to read a drawing"));
    app->canvas.answer.microseconds = 2.3e6;
    canvas_tell_slow(app);
    ck_assert_msg(strstr(app->notice.text, "takes 2.3 s to read a drawing"), "%s", app->notice.text);
    app->notice = (struct notice){0};
    canvas_tell_slow(app);
    ck_assert_int_eq(app->notice.kind, NOTICE_NONE);
    drop(model_path);
    frame();
    app->canvas.answer.microseconds = 2.3e6;
    canvas_tell_slow(app);
    ck_assert(is_offered("Go back"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("app_models");
    TCase *tests = tcase_create("models");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, a_changed_model_is_said_and_opens_all_the_same_if_one_answers);
    tcase_add_test(tests, only_what_was_just_refused_for_it_is_opened_all_the_same);
    tcase_add_test(tests, a_changed_model_at_the_start_wants_to_be_trusted);
    tcase_add_test(tests, a_model_that_reads_slowly_is_said_once);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_set_tap(runner, "-");
    srunner_run_all(runner, CK_SILENT);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed > 0;
}
