/* SPDX-License-Identifier: MIT */
/* The Models view in the whole program: what is on the shelf, and what becomes of files. */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app_world.h"
#include "base/err.h"
#include "looks.h"
#include "model/builtin.h"
#include "model/model.h"
#include "suite.h"

static char own[400];

static char *in(const char *name)
{
    static char paths[2][500];
    static int turn;
    char *path = paths[turn ^= 1];
    snprintf(path, sizeof paths[0], "%s/%s.safetensors", own, name);
    return path;
}

static const struct shelf_model *on_shelf(const char *name)
{
    return shelf_find(&app->shelf, name);
}

/* The view, once it has looked. */
static void open_view(void)
{
    key('6', UI_CTRL);
    ck_assert_int_eq(app->view, APP_MODELS);
    wait_until(app->shelf.looked && !app->shelf.scan);
    frame();
}

static void begin(void)
{
    char command[900];
    snprintf(own, sizeof own, "%s/inkling/models", folder);
    snprintf(command, sizeof command, "rm -rf '%s' && mkdir -p '%s'", own, own);
    ck_assert_int_eq(system(command), 0);
    write_model(in("anna"), "784-12-10", "anna");
    set_up();
    open_view();
}

static void choose(const char *name)
{
    wait_until(on_shelf(name) != NULL);
    ask_for(ACT_SHELF_CHOOSE, name);
    frame();
}

/* What the file says that the model in it is called; "" where there is no file. */
static const char *name_in(const char *path)
{
    static char name[100];
    struct model *model = model_load(path, NULL);
    snprintf(name, sizeof name, "%s", model ? model_name(model) : "");
    model_free(model);
    return name;
}

/* ---- what is shown --------------------------------------------------------------------------- */

START_TEST(all_models_stand_on_the_shelf_with_what_their_files_say)
{
    ck_assert_int_ge(app->shelf.count, model_builtin_count() + 1);
    const struct shelf_model *anna = on_shelf("anna");
    ck_assert_ptr_nonnull(anna);
    ck_assert_int_eq(anna->from, SHELF_YOURS);
    ck_assert_str_eq(anna->words, "784-12-10");
    ck_assert_uint_eq(anna->params, 784 * 12 + 12 + 12 * 10 + 10);
    ck_assert_uint_eq(anna->multiplications, 784 * 12 + 12 * 10);
    ck_assert_uint_gt(anna->size, anna->params * sizeof(float));
    for (int i = 0; i < model_builtin_count(); i++) {
        const struct shelf_model *model = on_shelf(model_builtin_path(i));
        ck_assert(model && model->from == SHELF_BUILT_IN && !model->trouble[0]);
        ck_assert(text_is_shown(model->name));
    }
    ck_assert(text_is_shown("784-12-10"));
}
END_TEST

START_TEST(the_model_in_use_is_looked_at_first)
{
    ck_assert_str_eq(app->shelf.chosen, app->models.path);
    ck_assert(text_is_shown("In use"));
}
END_TEST

START_TEST(a_click_chooses_and_its_figures_are_shown)
{
    click("shelf-anna-yours");
    frame();
    ck_assert_str_eq(app->shelf.chosen, on_shelf("anna")->path);
    ck_assert(text_is_shown(" parameters, ") && text_is_shown(" k multiplications"));
    ck_assert(text_is_shown("It was not measured."));
    click("model-use");
    ck_assert_str_eq(model_name(app->models.current), "anna");
}
END_TEST

START_TEST(a_file_that_is_no_model_is_said_to_be_none)
{
    write_file(in("broken"), "nothing", 7);
    key('1', UI_CTRL);
    open_view();
    choose("broken");
    ck_assert(on_shelf("broken")->trouble[0]);
    ck_assert(text_is_shown("cannot be read"));
    ck_assert_ptr_null(ui_find_control(app->ui, "model-use"));
    ck_assert(text_is_shown("damaged or not a model file"));
    click("model-delete"); /* what cannot be read can go */
    ck_assert(!files_exist(in("broken")));
}
END_TEST

START_TEST(a_model_tells_what_is_known_of_how_it_was_made)
{
    static const char *const facts[][2] = {{MODEL_RECIPE, "swift"},
                                           {MODEL_DATA, "MNIST and more"},
                                           {MODEL_OWN_DIGITS, "12"},
                                           {MODEL_SECONDS, "3723"},
                                           {MODEL_DATE, "2020-02-29"}};
    static const char *const texts[] = {"recipe",         "swift",           "learnt from",
                                        "MNIST and more", "own digits that", "trained for",
                                        "made on"};
    struct model *model = model_load(in("anna"), NULL);
    for (int i = 0; i < 5; i++)
        ck_assert(record_set(&model->record, facts[i][0], facts[i][1], NULL));
    ck_assert(model_save(model, in("anna"), NULL));
    model_free(model);
    key('1', UI_CTRL);
    open_view();
    choose("anna");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        ck_assert_msg(text_is_shown(texts[i]), "%s", texts[i]);
    ck_assert_ptr_null(ui_find_control(app->ui, "model-again")); /* without its settings */
}
END_TEST

/* The day on which a file was changed is shown too. */
START_TEST(the_shelf_and_a_model_on_it_look_as_they_did)
{
    static const float sizes[][2] = {{640, 480}, {1280, 800}};
    static const struct timespec day[2] = {{.tv_sec = 1700000000}, {.tv_sec = 1700000000}};
    char file[100];
    setenv("TZ", "UTC", 1), tzset();
    write_file(in("broken"), "nothing", 7);
    ck_assert_int_eq(utimensat(AT_FDCWD, in("anna"), day, 0), 0);
    ck_assert_int_eq(utimensat(AT_FDCWD, in("broken"), day, 0), 0);
    for (int i = 0; i < 6; i++) {
        static const char *const names[] = {"anna", "broken", "best"};
        key('1', UI_CTRL);
        open_view();
        choose(names[i / 2]);
        app->notices.now = (struct notice){0};
        input->width = sizes[i % 2][0];
        input->height = sizes[i % 2][1];
        frame();
        frame();
        snprintf(file, sizeof file, "tests/app/golden/shelf-%s-%d.txt", names[i / 2],
                 (int)input->width);
        looks_expect(app->ui, shown.shapes, folder, file);
    }
}
END_TEST

/* ---- what becomes of files ------------------------------------------------------------------- */

START_TEST(a_model_is_renamed_with_its_file_and_back)
{
    choose("anna");
    click("model-rename");
    frame();
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "model-name"));
    snprintf(app->models_view.card.name, SHELF_NAME_MAX, "berta");
    click("model-rename-now");
    ck_assert(!files_exist(in("anna")));
    ck_assert_str_eq(name_in(in("berta")), "berta");
    wait_until(on_shelf("berta") && !on_shelf("anna"));
    ck_assert_str_eq(app->shelf.chosen, on_shelf("berta")->path);
    key('z', UI_CTRL);
    ck_assert(!files_exist(in("berta")));
    ck_assert_str_eq(name_in(in("anna")), "anna");
}
END_TEST

START_TEST(a_deleted_model_can_be_brought_back)
{
    choose("anna");
    key(UI_KEY_DELETE, 0);
    ck_assert(!files_exist(in("anna")));
    ck_assert(text_is_shown("Deleted anna.safetensors."));
    wait_until(!on_shelf("anna"));
    ck_assert_ptr_nonnull(shelf_chosen(&app->shelf)); /* its neighbour */
    click("notice-offer");
    ck_assert_str_eq(name_in(in("anna")), "anna");
    wait_until(on_shelf("anna"));
}
END_TEST

START_TEST(a_copy_of_any_model_goes_to_ones_own_folder)
{
    choose("anna");
    click("model-duplicate");
    ck_assert_str_eq(name_in(in("anna-2")), "anna-2");
    choose(model_builtin_path(0));
    char name[SHELF_NAME_MAX];
    snprintf(name, sizeof name, "%s", shelf_chosen(&app->shelf)->name);
    click("model-duplicate");
    ck_assert_str_eq(name_in(in(name)), name);
}
END_TEST

START_TEST(what_is_not_ones_own_is_left_alone)
{
    choose(model_builtin_path(0));
    ask(ACT_SHELF_DELETE, 0);
    frame();
    ck_assert(text_is_shown("is built in; duplicate it, and change the copy."));
    choose(app->models.path); /* beside the data, in no folder of models */
    ask(ACT_SHELF_DELETE, 0);
    frame();
    ck_assert(text_is_shown("is not in your folder of models"));
    ck_assert(files_exist(app->models.path));
}
END_TEST

START_TEST(a_name_that_cannot_be_is_refused)
{
    static const char *const names[] = {"a/b", ".hidden", "berta"};
    write_model(in("berta"), "784-10", "berta");
    key('1', UI_CTRL);
    open_view();
    choose("anna");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        ask_for(ACT_SHELF_RENAME, names[i]);
        ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
        ck_assert_str_eq(name_in(in("anna")), "anna");
    }
    ck_assert_str_eq(name_in(in("berta")), "berta");
}
END_TEST

START_TEST(the_model_in_use_follows_its_file)
{
    choose("anna");
    click("model-use");
    ask_for(ACT_SHELF_RENAME, "berta");
    ck_assert_str_eq(files_name(app->models.path), "berta.safetensors");
    ck_assert(!app->models.unsaved);
    ck_assert_str_eq(files_name(app->settings.recent[0]), "berta.safetensors");
    wait_until(on_shelf("berta"));
    ask(ACT_SHELF_DELETE, 0);
    ck_assert(app->models.unsaved && !app->models.path[0]); /* it reads on, and can be saved */
    ck_assert_ptr_nonnull(app->models.current);
    for (int i = 0; i < app->settings.recent_count; i++)
        ck_assert_str_ne(files_name(app->settings.recent[i]), "berta.safetensors");
}
END_TEST

START_TEST(a_default_model_reads_at_the_next_start)
{
    choose("anna");
    click("model-default");
    ck_assert_str_eq(files_name(app->settings.default_model), "anna.safetensors");
    close_app();
    struct err err;
    struct app_setup setup = usual_setup();
    setup.model = NULL;
    app = app_new(&setup, &err);
    ck_assert_str_eq(model_name(app->models.current), "anna");
    frame();
    open_view();
    choose("anna");
    click("model-default");
    ck_assert_str_eq(app->settings.default_model, "");
}
END_TEST

/* ---- by keys and scripts --------------------------------------------------------------------- */

START_TEST(the_focus_chooses_and_a_name_does_too)
{
    click("shelf-anna-yours");
    frame();
    key(UI_KEY_UP, 0);
    frame();
    ck_assert_ptr_ne(shelf_chosen(&app->shelf), on_shelf("anna"));
    ask_for(ACT_SHELF_CHOOSE, "nobody");
    ck_assert(strstr(app->notices.now.text, "There is no model nobody on the shelf."));
}
END_TEST

START_TEST(a_folder_cannot_be_shown_without_a_desktop)
{
    struct err why = {""};
    choose("anna");
    ck_assert(!app_can(app, &(struct action){.kind = ACT_SHELF_REVEAL}, &why));
    ck_assert_str_eq(why.text, "No folder can be shown here.");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("models_view");
    world_is_looked_at = true;
    TCase *tests = tcase_create("shelf");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin, tear_down);
    tcase_add_test(tests, all_models_stand_on_the_shelf_with_what_their_files_say);
    tcase_add_test(tests, the_model_in_use_is_looked_at_first);
    tcase_add_test(tests, a_click_chooses_and_its_figures_are_shown);
    tcase_add_test(tests, a_file_that_is_no_model_is_said_to_be_none);
    tcase_add_test(tests, the_shelf_and_a_model_on_it_look_as_they_did);
    tcase_add_test(tests, a_model_tells_what_is_known_of_how_it_was_made);
    tcase_add_test(tests, a_model_is_renamed_with_its_file_and_back);
    tcase_add_test(tests, a_deleted_model_can_be_brought_back);
    tcase_add_test(tests, a_copy_of_any_model_goes_to_ones_own_folder);
    tcase_add_test(tests, what_is_not_ones_own_is_left_alone);
    tcase_add_test(tests, a_name_that_cannot_be_is_refused);
    tcase_add_test(tests, the_model_in_use_follows_its_file);
    tcase_add_test(tests, a_default_model_reads_at_the_next_start);
    tcase_add_test(tests, the_focus_chooses_and_a_name_does_too);
    tcase_add_test(tests, a_folder_cannot_be_shown_without_a_desktop);
    suite_add_tcase(suite, tests);
    return suite;
}
