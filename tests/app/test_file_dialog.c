/* SPDX-License-Identifier: MIT */
/* The file dialog: going about, saving, choosing a folder. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/files/file_dialog.h"
#include "app/files/folder.h"
#include "base/err.h"
#include "dialog_page.h"
#include "robot.h"
#include "looks.h"
#include "suite.h"

/* ---- going about ----------------------------------------------------------------------------- */

START_TEST(typing_finds_and_enter_chooses)
{
    robot_type(&robot, "run 1");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("run 10.safetensors");
}
END_TEST

START_TEST(enter_goes_into_a_folder_and_backspace_comes_back_to_it)
{
    robot_type(&robot, "zoo");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(!robot_see(&robot, "Best.safetensors"));
    robot_key(&robot, UI_KEY_BACKSPACE, 0);
    ck_assert(robot_see(&robot, "Best.safetensors"));
    robot_key(&robot, UI_KEY_DOWN, 0); /* from the folder that was left to what follows it */
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(up_ends_at_the_root)
{
    for (int i = 0; i < 10; i++)
        robot_key(&robot, UI_KEY_UP, UI_ALT);
    ck_assert(robot_off(&robot, "file-up"));
    ck_assert(robot_see(&robot, "tmp/"));
}
END_TEST

START_TEST(a_double_click_chooses)
{
    struct ui_rect list = ui_find_control(robot.ui, "file-list")->rect;
    robot_double_click(&robot, list.x + 40, list.y + 4 + 2.5f * UI_ROW);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(the_button_opens_what_is_selected)
{
    robot_type(&robot, "b");
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    robot_click(&robot, "file-ok");
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(escape_and_cancel_leave)
{
    robot_key(&robot, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
    open_dialog(FILE_DIALOG_OPEN, root);
    robot_click(&robot, "file-cancel");
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
}
END_TEST

START_TEST(the_usual_places_are_a_click_away)
{
    open_dialog(FILE_DIALOG_OPEN, "/");
    ck_assert(!robot_see(&robot, "Best.safetensors"));
    robot_click(&robot, "place/0");
    ck_assert(robot_see(&robot, "Best.safetensors"));
}
END_TEST

START_TEST(a_recent_file_is_found_and_a_lost_one_left_out)
{
    ck_assert(!robot_see(&robot, "gone.safetensors"));
    for (int i = 0; i < ui_control_count(robot.ui); i++)
        if (strcmp(ui_control(robot.ui, i)->label, "old.safetensors") == 0) {
            robot_click(&robot, ui_control(robot.ui, i)->name);
            break;
        }
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
}
END_TEST

START_TEST(a_path_can_be_typed)
{
    robot_key(&robot, 'l', UI_CTRL);
    ck_assert(ui_has_focus(robot.ui, "file-path"));
    robot_write(&robot, "file-path", "~/attic/../attic//./old.safetensors");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
}
END_TEST

START_TEST(a_path_typed_in_the_list_goes_to_the_path_field)
{
    open_dialog(FILE_DIALOG_OPEN, in_root("zoo"));
    ck_assert(ui_has_focus(robot.ui, "file-list"));
    robot_type(&robot, in_root("attic/old.safetensors"));
    ck_assert(ui_has_focus(robot.ui, "file-path"));
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
    open_dialog(FILE_DIALOG_FOLDER, in_root("zoo"));
    robot_type(&robot, "~/attic");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic");
}
END_TEST

START_TEST(the_answer_that_enter_gives_has_the_ring)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_click(&robot, "file-ok"); /* no key brings the focus */
    ck_assert(ui_has_focus(robot.ui, "file-keep"));
    struct ui_rect keep = ui_find_control(robot.ui, "file-keep")->rect;
    int rings = 0;
    for (size_t i = 0; i < robot.shapes->count; i++)
        rings += robot.shapes->items[i].rect.x == keep.x - 3 &&
                 robot.shapes->items[i].rect.w == keep.w + 6;
    ck_assert_int_eq(rings, 1);
}
END_TEST

START_TEST(a_name_that_lacks_what_it_must_hold_is_refused_in_the_dialog)
{
    const struct file_dialog_ask ask = {.kind = FILE_DIALOG_SAVE, .title = "t", .verb = "Go",
                                        .holds = "images", .path = in_root("my-images")};
    file_dialog_free(dialog);
    dialog = file_dialog_new(&ask, NULL);
    result = FILE_DIALOG_ASKING;
    robot_frame(&robot);
    robot_type(&robot, "mine");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "The name must hold \"images\""));
    robot_type(&robot, "-images");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("mine-images");
}
END_TEST

START_TEST(a_typed_folder_is_shown)
{
    robot_write(&robot, "file-path", "attic");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "old.safetensors"));
    ck_assert(robot_see(&robot, in_root("attic")));
}
END_TEST

START_TEST(a_path_that_is_not_there_gets_a_sentence_and_the_list_stays)
{
    robot_write(&robot, "file-path", "/no/such/place");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&robot, "There is no folder /no/such/place; choose another one."));
    ck_assert(robot_see(&robot, "Best.safetensors"));
}
END_TEST

START_TEST(nothing_is_taken_for_a_mistyped_path)
{
    static const enum file_dialog_kind kinds[] = {FILE_DIALOG_OPEN, FILE_DIALOG_FOLDER};
    for (size_t i = 0; i < 2; i++) {
        open_dialog(kinds[i], root);
        robot_write(&robot, "file-path", "/no/such/place");
        robot_key(&robot, UI_KEY_ENTER, 0);
        robot_key(&robot, UI_KEY_ENTER, 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        robot_click(&robot, "file-ok");
        robot_key(&robot, UI_KEY_ENTER, 0);
        robot_key(&robot, ' ', 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&robot, "There is no folder /no/such/place; choose another one."));
        open_dialog(kinds[i], root); /* not even where it was not entered */
        robot_write(&robot, "file-path", "/no/such/place");
        robot_click(&robot, "file-ok");
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&robot, "There is no folder /no/such/place; choose another one."));
    }
}
END_TEST

START_TEST(a_row_that_is_selected_goes_before_a_path_that_was_given_up)
{
    robot_write(&robot, "file-path", "/no/such/place");
    struct ui_rect list = ui_find_control(robot.ui, "file-list")->rect;
    robot_double_click(&robot, list.x + 40, list.y + 4 + 2.5f * UI_ROW);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(a_folder_that_went_away_gets_a_sentence)
{
    ck_assert_int_eq(rmdir(in_root("zoo")), 0);
    robot_type(&robot, "zoo");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&robot, "There is no folder"));
}
END_TEST

START_TEST(a_folder_that_may_not_be_read_gets_a_sentence)
{
    struct folder folder;
    struct folder_filter filter = {0};
    struct err err = {""};
    ck_assert_int_eq(chmod(in_root("attic"), 0), 0);
    if (geteuid() == 0 && seteuid(65534) != 0)
        return; /* nobody here to be kept out */
    bool read = folder_read(in_root("attic"), &filter, &folder, &err);
    if (getuid() == 0)
        ck_assert_int_eq(seteuid(0), 0);
    ck_assert(!read);
    ck_assert_int_eq(folder.count, 0);
    ck_assert_ptr_nonnull(strstr(err.text, "not allowed"));
}
END_TEST

START_TEST(a_beginning_that_is_gone_leads_home_and_says_so)
{
    open_dialog(FILE_DIALOG_OPEN, "/no/such/place/model.safetensors");
    ck_assert(robot_see(&robot, "There is no folder /no/such/place"));
    ck_assert(robot_see(&robot, "Best.safetensors"));
}
END_TEST

/* ---- saving ---------------------------------------------------------------------------------- */

START_TEST(a_name_is_typed_and_gets_its_end)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    ck_assert(ui_has_focus(robot.ui, "file-name"));
    robot_type(&robot, "mine");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("mine.safetensors");
}
END_TEST

START_TEST(a_name_that_has_its_end_keeps_it)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("mine.SafeTensors"));
    robot_click(&robot, "file-ok");
    check_chosen("mine.SafeTensors");
}
END_TEST

START_TEST(replacing_a_file_is_asked_for)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&robot, "Best");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "Best.safetensors is there already. Replace it?"));
    ck_assert(ui_has_focus(robot.ui, "file-keep"));
    robot_click(&robot, "file-replace");
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(enter_at_the_question_keeps_the_file)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_has(&robot, "file-keep"));
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(!robot_has(&robot, "file-keep"));
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(ui_has_focus(robot.ui, "file-name"));
}
END_TEST

START_TEST(escape_at_the_question_keeps_the_file_and_the_dialog)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_key(&robot, UI_KEY_ENTER, 0);
    robot_key(&robot, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(!robot_has(&robot, "file-keep"));
    robot_key(&robot, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
}
END_TEST

START_TEST(selecting_a_file_proposes_its_name)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    struct ui_rect list = ui_find_control(robot.ui, "file-list")->rect;
    robot.input.moves[robot.input.move_count++] = (struct ui_move){
        UI_PRESS, UI_BUTTON_LEFT, list.x + 40, list.y + 4 + 3.5f * UI_ROW, 1, robot.input.now};
    robot_frame(&robot);
    robot_click(&robot, "file-ok");
    ck_assert(robot_see(&robot, "run 9.safetensors is there already."));
}
END_TEST

START_TEST(typing_replaces_the_name_each_time_the_dialog_opens)
{
    for (int i = 0; i < 3; i++) {
        open_dialog(FILE_DIALOG_SAVE, in_root("proposed.safetensors"));
        robot_type(&robot, "fresh");
        robot_key(&robot, UI_KEY_ENTER, 0);
        check_chosen("fresh.safetensors");
        if (i == 1) { /* left with a text that was not entered */
            open_dialog(FILE_DIALOG_SAVE, in_root("proposed.safetensors"));
            robot_type(&robot, "half a na");
        }
    }
}
END_TEST

START_TEST(leaving_the_name_does_not_save)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&robot, "mine");
    robot_key(&robot, UI_KEY_TAB, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
}
END_TEST

START_TEST(an_empty_name_and_a_missing_folder_get_sentences)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_click(&robot, "file-ok");
    ck_assert(robot_see(&robot, "Write a name for the file first."));
    robot_write(&robot, "file-name", "nowhere/mine");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&robot, "there is no folder"));
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
}
END_TEST

START_TEST(the_name_of_a_folder_goes_into_it)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&robot, "attic");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "old.safetensors"));
}
END_TEST

/* ---- choosing a folder ----------------------------------------------------------------------- */

START_TEST(the_folder_on_show_is_chosen_unless_another_is_selected)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_click(&robot, "file-ok");
    ck_assert_int_eq(result, FILE_DIALOG_CHOSEN);
    ck_assert_str_eq(file_dialog_path(dialog), root);
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&robot, "zoo");
    ck_assert(robot_see(&robot, in_root("zoo")));
    robot_click(&robot, "file-ok");
    check_chosen("zoo");
}
END_TEST

START_TEST(a_folder_is_chosen_by_keyboard)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_key(&robot, 'l', UI_CTRL);
    robot_write(&robot, "file-path", "attic");
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic");
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&robot, "zoo");
    robot_key(&robot, UI_KEY_ENTER, UI_CTRL);
    check_chosen("zoo");
    open_dialog(FILE_DIALOG_FOLDER, in_root("attic"));
    robot_key(&robot, 'l', UI_CTRL);
    robot_key(&robot, UI_KEY_ENTER, 0);
    check_chosen("attic");
}
END_TEST

START_TEST(a_path_that_was_not_entered_is_where_a_name_is_saved)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_write(&robot, "file-path", "attic");
    robot_write(&robot, "file-name", "mine");
    robot_click(&robot, "file-ok");
    check_chosen("attic/mine.safetensors");
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_write(&robot, "file-path", "/no/such/place");
    robot_write(&robot, "file-name", "mine");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "There is no folder /no/such/place; choose another one."));
}
END_TEST

START_TEST(a_file_is_no_folder)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&robot, "notes");
    robot_key(&robot, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&robot, "This is a file; a folder is asked for."));
}
END_TEST

/* ---- the look and any input ------------------------------------------------------------------ */

START_TEST(nothing_overlaps)
{
    static const float sizes[][2] = {{960, 640}, {1280, 800}, {1920, 1080}};
    for (int kind = FILE_DIALOG_OPEN; kind <= FILE_DIALOG_FOLDER; kind++)
        for (size_t s = 0; s < 3; s++) {
            robot.input.width = sizes[s][0];
            robot.input.height = sizes[s][1];
            open_dialog((enum file_dialog_kind)kind, root);
            const char *overlap = robot_find_overlap(&robot, 0);
            ck_assert_msg(!overlap, "%s", overlap);
            ck_assert_float_ge(ui_find_control(robot.ui, "file-list")->rect.h, 200);
        }
}
END_TEST

START_TEST(any_input_is_survived)
{
    uint64_t seed = 11;
    for (int kind = FILE_DIALOG_OPEN; kind <= FILE_DIALOG_FOLDER; kind++) {
        open_dialog((enum file_dialog_kind)kind, in_root("run 9.safetensors"));
        for (int i = 0; i < 1000; i++) {
            robot_random(&robot, &seed);
            if (result == FILE_DIALOG_CHOSEN)
                ck_assert_int_eq(file_dialog_path(dialog)[0], '/');
            if (result != FILE_DIALOG_ASKING)
                open_dialog((enum file_dialog_kind)kind, root);
        }
    }
}
END_TEST

static void look(const char *name)
{
    char file[100];
    snprintf(file, sizeof file, "tests/app/golden/dialog-%s.txt", name);
    robot_frame(&robot);
    robot_frame(&robot);
    looks_expect(robot.ui, robot.shapes, root, file);
}

START_TEST(dialogs_look_as_they_did)
{
    char command[160]; /* all is of the same day */
    setenv("TZ", "UTC", 1), tzset();
    snprintf(command, sizeof command, "cd '%s' && touch -d @1700000000 * */* .hidden*", root);
    ck_assert_int_eq(system(command), 0);
    open_dialog(FILE_DIALOG_OPEN, in_root("Best.safetensors"));
    look("open");
    robot_key(&robot, UI_KEY_DOWN, 0);
    look("open-down");
    robot_write(&robot, "file-path", "nowhere");
    robot_key(&robot, UI_KEY_ENTER, 0);
    look("open-trouble");
    robot_click(&robot, "file-all");
    robot_click(&robot, "file-hidden");
    look("open-all");
    open_dialog(FILE_DIALOG_SAVE, in_root("new.safetensors"));
    look("save");
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_click(&robot, "file-ok");
    look("save-over");
    open_dialog(FILE_DIALOG_FOLDER, in_root("attic"));
    look("folder");
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_key(&robot, UI_KEY_DOWN, 0);
    look("folder-within");
}
END_TEST

Suite *make_suite(void)
{
    Suite *suite = suite_create("file dialog");
    TCase *tests = tcase_create("file dialog");
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, typing_finds_and_enter_chooses);
    tcase_add_test(tests, enter_goes_into_a_folder_and_backspace_comes_back_to_it);
    tcase_add_test(tests, up_ends_at_the_root);
    tcase_add_test(tests, a_double_click_chooses);
    tcase_add_test(tests, the_button_opens_what_is_selected);
    tcase_add_test(tests, escape_and_cancel_leave);
    tcase_add_test(tests, the_usual_places_are_a_click_away);
    tcase_add_test(tests, a_recent_file_is_found_and_a_lost_one_left_out);
    tcase_add_test(tests, a_path_can_be_typed);
    tcase_add_test(tests, a_typed_folder_is_shown);
    tcase_add_test(tests, a_path_typed_in_the_list_goes_to_the_path_field);
    tcase_add_test(tests, the_answer_that_enter_gives_has_the_ring);
    tcase_add_test(tests, a_name_that_lacks_what_it_must_hold_is_refused_in_the_dialog);
    tcase_add_test(tests, a_path_that_is_not_there_gets_a_sentence_and_the_list_stays);
    tcase_add_test(tests, nothing_is_taken_for_a_mistyped_path);
    tcase_add_test(tests, a_row_that_is_selected_goes_before_a_path_that_was_given_up);
    tcase_add_test(tests, a_folder_that_went_away_gets_a_sentence);
    tcase_add_test(tests, a_folder_that_may_not_be_read_gets_a_sentence);
    tcase_add_test(tests, a_beginning_that_is_gone_leads_home_and_says_so);
    tcase_add_test(tests, a_name_is_typed_and_gets_its_end);
    tcase_add_test(tests, a_name_that_has_its_end_keeps_it);
    tcase_add_test(tests, replacing_a_file_is_asked_for);
    tcase_add_test(tests, enter_at_the_question_keeps_the_file);
    tcase_add_test(tests, escape_at_the_question_keeps_the_file_and_the_dialog);
    tcase_add_test(tests, selecting_a_file_proposes_its_name);
    tcase_add_test(tests, typing_replaces_the_name_each_time_the_dialog_opens);
    tcase_add_test(tests, leaving_the_name_does_not_save);
    tcase_add_test(tests, an_empty_name_and_a_missing_folder_get_sentences);
    tcase_add_test(tests, the_name_of_a_folder_goes_into_it);
    tcase_add_test(tests, the_folder_on_show_is_chosen_unless_another_is_selected);
    tcase_add_test(tests, a_folder_is_chosen_by_keyboard);
    tcase_add_test(tests, a_path_that_was_not_entered_is_where_a_name_is_saved);
    tcase_add_test(tests, a_file_is_no_folder);
    tcase_add_test(tests, nothing_overlaps);
    tcase_add_test(tests, any_input_is_survived);
    tcase_add_test(tests, dialogs_look_as_they_did);
    suite_add_tcase(suite, tests);
    return suite;
}
