/* SPDX-License-Identifier: MIT */
/* A hand is learnt from my digits in the whole program. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/state/finetuning.h"
#include "app/state/library.h"
#include "app_world.h"
#include "digits_world.h"
#include "model/model.h"
#include "nn/nn.h"
#include "suite.h"

static int score_count(const json_t *event, const char *name)
{
    return (int)json_integer_value(json_array_get(json_object_get(event, name), 1));
}

START_TEST(the_hand_is_learnt_beside_the_old_model_until_it_is_taken)
{
    teach_ten();
    key('3', UI_CTRL);
    const struct model *old = app->models.current;
    click("hand-learn");
    ck_assert(text_is_shown(" + 10 mine")); /* in the very frame: what it leads to comes later */
    wait_for_event("hand", "state", "started", 0);
    const json_t *event = wait_for_event("hand", "state", "ready", 0);
    ck_assert_int_eq(score_count(event, "own_before"), 10);
    ck_assert_int_eq(score_count(event, "own_after"), 10);
    ck_assert(!text_is_shown(" mine"));
    ck_assert(app->models.current == old);
    ck_assert(text_is_shown("before") && text_is_shown("after"));
    char test_line[80];
    snprintf(test_line, sizeof test_line, "%s, test", library_name(app->library));
    ck_assert(text_is_shown(test_line));
    click("hand-accept");
    ck_assert(app->models.current != old && app->models.before == old);
    ck_assert_str_eq(model_name(app->models.current), "tiny, my hand");
    ck_assert(app->models.unsaved);
    ck_assert(memcmp(nn_weights(app->models.current->net), nn_weights(old->net),
                     nn_param_len(old->net) * sizeof(float)) != 0);
    click("notice-offer-2"); /* go back */
    ck_assert(app->models.current == old);
}
END_TEST

/* Whether the button is the main one, by the colour of its box. */
static bool is_main(const char *name)
{
    struct ui_rect at = rect_of(name);
    for (size_t i = 0; i < shown.shapes->count; i++) {
        const struct ui_shape *shape = &shown.shapes->items[i];
        if (shape->kind == UI_SHAPE_BOX && memcmp(&shape->rect, &at, sizeof at) == 0 &&
            (shape->fill == app->theme->primary || shape->fill == app->theme->primary_hover))
            return true;
    }
    return false;
}

START_TEST(the_button_that_the_figures_speak_for_is_the_main_one)
{
    teach_ten();
    key('3', UI_CTRL);
    click("hand-learn");
    wait_for_event("hand", "state", "ready", 0);
    ck_assert(!is_main("hand-accept") && !is_main("hand-discard")); /* ten are all learnt */
    struct finetune_result *result = (struct finetune_result *)finetuning_result(app->finetuning);
    result->check = FINETUNE_CROSSWISE;
    result->test_before = result->test_after = (struct finetune_score){99, 100};
    result->own_before = result->own_after = (struct finetune_score){8, 10};
    frame();
    ck_assert(!is_main("hand-accept") && is_main("hand-discard")); /* nothing gained */
    result->own_after.correct = 9;
    frame();
    ck_assert(is_main("hand-accept") && !is_main("hand-discard"));
    result->test_after.correct = 90;
    frame();
    ck_assert(!is_main("hand-accept") && is_main("hand-discard"));
}
END_TEST

START_TEST(a_learnt_hand_can_be_thrown_away)
{
    teach_ten();
    key('3', UI_CTRL);
    const struct model *old = app->models.current;
    click("hand-learn");
    wait_for_event("hand", "state", "ready", 0);
    click("hand-discard");
    ck_assert(app->models.current == old && app->models.before == NULL);
    ck_assert_ptr_nonnull(ui_find_control(app->ui, "hand-learn"));
}
END_TEST

START_TEST(learning_can_be_stopped_and_the_window_never_waits)
{
    teach_ten();
    key('3', UI_CTRL);
    click("hand-learn");
    wait_for_event("hand", "state", "started", 0);
    ck_assert(finetuning_busy(app->finetuning));
    key('1', UI_CTRL);
    key('c', 0);
    draw_one(0.5f); /* is read by the old model meanwhile */
    ck_assert(app->canvas.answer.any && app->canvas.read.weights == 0);
    key('3', UI_CTRL);
    if (finetuning_busy(app->finetuning)) {
        click("hand-stop");
        wait_for_event("hand", "state", "stopped", 0);
        ck_assert_ptr_nonnull(ui_find_control(app->ui, "hand-learn"));
    }
}
END_TEST

START_TEST(quitting_while_the_hand_is_learnt_ends_cleanly)
{
    teach_ten();
    key('l', UI_CTRL);
    wait_for_event("hand", "state", "started", 0);
    close_app();
    open_app(1280, 800);
}
END_TEST

START_TEST(without_data_learning_a_hand_is_given_up)
{
    char nowhere[400];
    teach_ten();
    key('3', UI_CTRL);
    snprintf(nowhere, sizeof nowhere, "%s/nowhere", folder);
    library_set(app->library, LIBRARY_FOLDER, nowhere);
    click("hand-learn");
    wait_until(!finetuning_busy(app->finetuning));
    frame();
    ck_assert_int_eq(app->notices.now.kind, NOTICE_TROUBLE);
    ck_assert_ptr_nonnull(strstr(app->notices.now.text, "nowhere"));
    struct err why;
    ck_assert(hold_is_free(&app->hold, &why));
}
END_TEST

START_TEST(a_training_and_a_hand_are_not_learnt_at_once)
{
    teach_ten();
    key('l', UI_CTRL);
    wait_for_event("hand", "state", "started", 0);
    if (finetuning_busy(app->finetuning)) {
        app_act(app, &(struct action){.kind = ACT_START});
        ck_assert(!training_busy(&app->training));
        ck_assert_ptr_nonnull(strstr(app->notices.now.text, "Your hand is being learnt"));
        app_act(app, &(struct action){.kind = ACT_DATA_SYNTHETIC});
        ck_assert_ptr_nonnull(strstr(app->notices.now.text, "being learnt"));
        ck_assert_int_eq(library_source(app->library), LIBRARY_FOLDER);
    }
}
END_TEST

START_TEST(too_few_digits_teach_no_hand)
{
    draw_one(0.5f);
    key('1', 0);
    key('3', UI_CTRL);
    ck_assert(ui_find_control(app->ui, "hand-learn")->off);
    ck_assert(text_is_shown("Teach at least"));
    key('l', UI_CTRL);
    ck_assert_int_eq(finetuning_stage(app->finetuning), FINETUNING_IDLE);
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("finetuning");
    TCase *tests = tcase_create("finetuning");
    tcase_add_unchecked_fixture(tests, make_world, remove_world);
    tcase_add_checked_fixture(tests, begin_my_digits, end_digits);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_hand_is_learnt_beside_the_old_model_until_it_is_taken);
    tcase_add_test(tests, the_button_that_the_figures_speak_for_is_the_main_one);
    tcase_add_test(tests, a_learnt_hand_can_be_thrown_away);
    tcase_add_test(tests, learning_can_be_stopped_and_the_window_never_waits);
    tcase_add_test(tests, quitting_while_the_hand_is_learnt_ends_cleanly);
    tcase_add_test(tests, without_data_learning_a_hand_is_given_up);
    tcase_add_test(tests, a_training_and_a_hand_are_not_learnt_at_once);
    tcase_add_test(tests, too_few_digits_teach_no_hand);
    suite_add_tcase(suite, tests);
    return suite;
}
