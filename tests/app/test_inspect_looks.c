/* SPDX-License-Identifier: MIT */
/* How Inspect looks, held by golden/: see looks.h. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "app_world.h"
#include "digits_world.h"
#include "looks.h"
#include "suite.h"

static void look(const char *name)
{
    static const float sizes[][2] = {{640, 480}, {1280, 800}};
    char file[120];
    for (int i = 0; i < 2; i++) {
        input->width = sizes[i][0];
        input->height = sizes[i][1];
        for (int k = 0; k < 3; k++) {
            app->canvas.answer.microseconds = 1234; /* it is another each time */
            frame();
        }
        snprintf(file, sizeof file, "tests/app/golden/inspect-%s-%d.txt", name, (int)sizes[i][0]);
        looks_expect(app->ui, shown.shapes, folder, file);
    }
}

static void use_model(const char *name, const char *words)
{
    char path[400];
    snprintf(path, sizeof path, "%s/%s.safetensors", folder, name);
    write_model(path, words, name);
    ask_for(ACT_MODEL, path);
    wait_until(strcmp(app->models.path, path) == 0);
    app->notices.now = (struct notice){0};
}

static void open_with_seven(const char *words)
{
    stroke(UI_BUTTON_LEFT, 0.3f, 0.25f, 0.7f, 0.25f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.25f, 0.45f, 0.8f);
    use_model("looked-into", words);
    sample(UI_MOVE, UI_BUTTON_NONE, 2, 2);
    key('4', UI_CTRL);
    wait_until(app->canvas.answer.any);
}

START_TEST(a_network_and_a_neuron_look_as_they_did)
{
    open_with_seven("input 28x28, conv 4 5x5 stride 2 relu, maxpool 2, dense 8 sigmoid, "
                    "dropout 0.1, dense 10 softmax");
    look("network");
    click("neuron-3-2");
    look("neuron");
    click("map-1-1");
    look("map");
}
END_TEST

START_TEST(a_network_of_the_book_looks_as_it_did)
{
    open_with_seven("input 784, dense 300 sigmoid, dense 10 sigmoid");
    look("book");
    ui_focus(app->ui, "network-lines");
    click("network-lines");
    frame();
    click("network-lines/2");
    click("layer-1-next");
    look("book-next");
    use_model("small", "input 784, dense 5 sigmoid, dense 10 sigmoid");
    look("book-all-lines");
    ask_for(ACT_WEIGHT, "1 0 bias 0.75");
    frame();
    look("weight");
}
END_TEST

START_TEST(the_smallest_change_looks_as_it_did)
{
    open_with_seven("input 784, dense 12 sigmoid, dense 10 softmax");
    click("why-change");
    frame();
    wait_until(app->explaining.result && app->explaining.result->kind == EXPLAINING_CHANGE &&
               !explaining_busy(&app->explaining));
    look("change");
}
END_TEST

START_TEST(an_empty_canvas_looks_as_it_did)
{
    key('4', UI_CTRL);
    look("empty");
}
END_TEST

START_TEST(two_models_beside_one_another_look_as_they_did)
{
    char other[400];
    snprintf(other, sizeof other, "%s/other.safetensors", folder);
    write_model(other, "input 784, dense 9 sigmoid, dense 10 sigmoid", "other");
    open_with_seven("input 784, dense 12 sigmoid, dense 10 softmax");
    click("why-compare");
    look("compare-none");
    ask_for(ACT_COMPARE, other);
    look("compare");
}
END_TEST

START_TEST(the_reasons_of_an_answer_look_as_they_did)
{
    static const struct {
        const char *button;
        enum explaining_kind kind;
    } parts[] = {{"why-ink", EXPLAINING_INK}, {"why-curves", EXPLAINING_CURVES}};
    open_with_seven("input 784, dense 12 sigmoid, dense 10 softmax");
    for (int i = 0; i < 2; i++) {
        click(parts[i].button);
        frame();
        wait_until(app->explaining.result && app->explaining.result->kind == parts[i].kind &&
                   !explaining_busy(&app->explaining));
        look(parts[i].button);
    }
}
END_TEST

START_TEST(an_evaluation_looks_as_it_did)
{
    teach_ten();
    use_model("looked-into", "input 784, dense 12 sigmoid, dense 10 softmax");
    key('4', UI_CTRL);
    ask(ACT_ALL_IMAGES, 0);
    look("not-evaluated");
    ask_for(ACT_EVALUATE, "mine");
    wait_until(!evaluating_busy(&app->evaluating));
    look("evaluated");
    ask(ACT_MATRIX_ROWS, 0);
    ask(ACT_WALL_LABEL, 3);
    look("labelled");
    ask(ACT_WALL_ALL, 0);
    ask(ACT_WALL_ANSWER, 5);
    look("read-as");
    ask(ACT_WALL_CELL, 33);
    look("cell");
    ask(ACT_WALL_DIFFERING, 0);
    look("differing");
    ask(ACT_SHOW_SUSPECTS, 0);
    look("no-suspects");
    ask(ACT_SHOW_RELIABILITY, 0);
    look("reliability");
    ask(ACT_ROBUST, 0);
    frame();
    wait_until(!robustness_busy(&app->robustness));
    look("robust");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("inspect looks");
    world_is_looked_at = true;
    TCase *tests = tcase_create("inspect looks");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_network_and_a_neuron_look_as_they_did);
    tcase_add_test(tests, a_network_of_the_book_looks_as_it_did);
    tcase_add_test(tests, the_smallest_change_looks_as_it_did);
    tcase_add_test(tests, an_empty_canvas_looks_as_it_did);
    tcase_add_test(tests, two_models_beside_one_another_look_as_they_did);
    tcase_add_test(tests, the_reasons_of_an_answer_look_as_they_did);
    tcase_add_test(tests, an_evaluation_looks_as_it_did);
    suite_add_tcase(suite, tests);
    return suite;
}
