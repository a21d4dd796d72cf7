/* SPDX-License-Identifier: MIT */
/* Inspect's first part in the whole program: the network drawn, and one neuron in full. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_world.h"
#include "base/err.h"
#include "model/model.h"
#include "suite.h"

static void use_model(const char *words)
{
    char path[400];
    snprintf(path, sizeof path, "%s/looked-into.safetensors", folder);
    write_model(path, words, "looked-into");
    ask_for(ACT_MODEL, path);
    frame();
    ck_assert_str_eq(model_name(app->models.current), "looked-into");
}

static void open_view(const char *words)
{
    set_up();
    stroke(UI_BUTTON_LEFT, 0.3f, 0.2f, 0.7f, 0.2f);
    stroke(UI_BUTTON_LEFT, 0.7f, 0.2f, 0.4f, 0.8f);
    use_model(words);
    key('4', UI_CTRL);
    frame();
    ck_assert_int_eq(app->view, APP_INSPECT);
}

static const struct ui_control *find(const char *name)
{
    return ui_find_control(app->ui, name);
}

START_TEST(every_neuron_and_every_map_is_drawn)
{
    char name[40];
    open_view("input 28x28, conv 6 5x5 relu, maxpool 2, dense 12 sigmoid, dense 10 softmax");
    for (int map = 0; map < 12; map++) {
        snprintf(name, sizeof name, "map-%d-%d", 1 + map / 6, map % 6);
        ck_assert_msg(find(name) != NULL, "%s", name);
    }
    for (int i = 0; i < 22; i++) {
        snprintf(name, sizeof name, "neuron-%d-%d", i < 12 ? 3 : 4, i < 12 ? i : i - 12);
        ck_assert_msg(find(name) != NULL, "%s", name);
    }
    tear_down();
}
END_TEST

START_TEST(what_does_not_fit_goes_in_pages_and_its_count_is_said)
{
    open_view("input 784, dense 1000 sigmoid, dense 10 sigmoid");
    ck_assert(find("neuron-1-0") && !find("neuron-1-999"));
    const struct ui_control *head = find("layer-1");
    ck_assert_str_eq(head->label, "dense 1000 sigmoid");
    ck_assert(find("layer-1-next") != NULL);
    for (int i = 0; i < 100 && !find("neuron-1-999"); i++) {
        ck_assert(find("layer-1-next") != NULL);
        click("layer-1-next");
    }
    ck_assert(find("neuron-1-999") != NULL);
    click("layer-1-back");
    frame();
    ck_assert(find("neuron-1-999") == NULL);
    tear_down();
}
END_TEST

START_TEST(the_answers_neuron_is_shown_until_another_is_chosen)
{
    open_view("input 784, dense 12 sigmoid, dense 10 sigmoid");
    ck_assert_int_eq(app->inspect.drawing.network.choice.layer, 1);
    click("neuron-1-7");
    frame();
    ck_assert(text_is_shown("Neuron 7 of layer 1") || strstr(find("neuron")->label, "Neuron 7"));
    ck_assert(text_is_shown("and 779 others"));
    ask(ACT_CLEAR, 0); /* another picture does not choose another */
    frame();
    ck_assert_int_eq(app->inspect.drawing.network.choice.layer, 0);
    ck_assert_int_eq(app->inspect.drawing.network.choice.place, 7);
    use_model("input 784, dense 5 sigmoid, dense 10 sigmoid");
    frame();
    ck_assert_int_eq(app->inspect.drawing.network.choice.layer, 1);
    tear_down();
}
END_TEST

START_TEST(a_stroke_is_drawn_and_read_there_too)
{
    open_view("input 784, dense 12 sigmoid, dense 10 sigmoid");
    float before = activations_of(&app->activations, 1)[4];
    uint32_t strokes = stroke_count();
    stroke(UI_BUTTON_LEFT, 0.2f, 0.5f, 0.8f, 0.5f);
    frame();
    ck_assert_uint_eq(stroke_count(), strokes + 1);
    ck_assert(activations_of(&app->activations, 1)[4] != before);
    ck_assert(memcmp(app->activations.pixels, app->canvas.fit.pixels, FIT_LEN) == 0);
    tear_down();
}
END_TEST

START_TEST(both_parts_are_reached_by_key_and_by_button)
{
    open_view("input 784, dense 12 sigmoid, dense 10 sigmoid");
    ck_assert(find("network-picture") && !find("evaluate"));
    key('a', 0);
    frame();
    ck_assert(find("evaluate") && !find("network-picture"));
    key('d', 0);
    frame();
    ck_assert(find("network-picture") != NULL);
    click("part-images");
    frame();
    ck_assert(find("evaluate") != NULL);
    tear_down();
}
END_TEST

START_TEST(without_ink_and_without_an_answer_it_still_shows_the_network)
{
    open_view("input 784, dense 12 sigmoid, dense 10 sigmoid");
    ask(ACT_CLEAR, 0);
    frame();
    frame();
    ck_assert(!app->canvas.answer.any);
    ck_assert(find("neuron-1-0") != NULL);
    ck_assert(text_is_shown("Draw a digit, or choose an image, and see it read."));
    tear_down();
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("inspect_drawing");
    TCase *tests = tcase_create("drawing");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_test(tests, every_neuron_and_every_map_is_drawn);
    tcase_add_test(tests, what_does_not_fit_goes_in_pages_and_its_count_is_said);
    tcase_add_test(tests, the_answers_neuron_is_shown_until_another_is_chosen);
    tcase_add_test(tests, a_stroke_is_drawn_and_read_there_too);
    tcase_add_test(tests, both_parts_are_reached_by_key_and_by_button);
    tcase_add_test(tests, without_ink_and_without_an_answer_it_still_shows_the_network);
    suite_add_tcase(suite, tests);
    return suite;
}
