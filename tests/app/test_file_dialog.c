/* SPDX-License-Identifier: MIT */
/* The file dialog in a temporary folder, worked by mouse and keys without a window. */
#include <check.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/files/file_dialog.h"
#include "app/files/folder.h"
#include "base/err.h"
#include "base/files.h"
#include "robot.h"
#include "suite.h"

static struct robot h;
static struct file_dialog *dialog;
static enum file_dialog_result result; /* the last that was not ASKING */
static char root[64];                  /* the temporary folder; it is the home folder too */

/* ---- a folder to look at ------------------------------------------------------------------- */

static const char *in_root(const char *name)
{
    static char paths[4][FILES_PATH_MAX];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, FILES_PATH_MAX, "%s/%s", root, name);
    return path;
}

static void put_file(const char *name, const char *text)
{
    FILE *file = fopen(in_root(name), "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void fill_root(void)
{
    strcpy(root, "/tmp/inkling-dialog-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(root));
    setenv("HOME", root, 1);
    unsetenv("XDG_DATA_HOME");
    mkdir(in_root("attic"), 0777);
    mkdir(in_root("zoo"), 0777);
    put_file("run 10.safetensors", "ten");
    put_file("run 9.safetensors", "nine");
    put_file("Best.safetensors", "best");
    put_file("notes.txt", "notes");
    put_file(".hidden.safetensors", "hidden");
    put_file("attic/old.safetensors", "old");
}

static void show(void *user, struct ui *ui)
{
    (void)user;
    if (!dialog)
        return;
    enum file_dialog_result now = file_dialog_show(dialog, ui);
    result = now != FILE_DIALOG_ASKING ? now : result;
}

static void open_dialog(enum file_dialog_kind kind, const char *path)
{
    const char *recent[] = {in_root("attic/old.safetensors"), in_root("gone.safetensors")};
    const struct file_dialog_ask ask = {
        .kind = kind, .title = "Open a model", .verb = "Go",
        .ends = kind == FILE_DIALOG_FOLDER ? NULL : ".safetensors", .path = path,
        .recent = recent, .recent_count = 2,
    };
    file_dialog_free(dialog);
    dialog = file_dialog_new(&ask, NULL);
    ck_assert_ptr_nonnull(dialog);
    result = FILE_DIALOG_ASKING;
    robot_frame(&h);
}

static void set_up(void)
{
    fill_root();
    dialog = NULL;
    robot_begin(&h, 960, 640, show, NULL);
    open_dialog(FILE_DIALOG_OPEN, root);
}

static void tear_down(void)
{
    char command[256];
    file_dialog_free(dialog);
    robot_end(&h);
    snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", root, root);
    ck_assert_int_eq(system(command), 0);
}

static bool comes_before(const char *first, const char *second)
{
    size_t seen_first = SIZE_MAX, seen_second = SIZE_MAX;
    for (size_t i = 0; i < h.shapes->count; i++) {
        const char *text = ui_shape_text(h.shapes, &h.shapes->items[i]);
        if (strcmp(text, first) == 0)
            seen_first = i;
        if (strcmp(text, second) == 0)
            seen_second = i;
    }
    return seen_first != SIZE_MAX && seen_second != SIZE_MAX && seen_first < seen_second;
}

static void check_chosen(const char *name)
{
    ck_assert_int_eq(result, FILE_DIALOG_CHOSEN);
    ck_assert_str_eq(file_dialog_path(dialog), in_root(name));
}

/* ---- looking ------------------------------------------------------------------------------- */

START_TEST(folders_come_first_and_numbers_count)
{
    ck_assert(comes_before("zoo/", "Best.safetensors"));
    ck_assert(comes_before("attic/", "zoo/"));
    ck_assert(comes_before("Best.safetensors", "run 9.safetensors"));
    ck_assert(comes_before("run 9.safetensors", "run 10.safetensors"));
}
END_TEST

START_TEST(sizes_and_dates_stand_beside_the_names)
{
    char date[32];
    time_t now = time(NULL);
    strftime(date, sizeof date, "%Y-%m-%d", localtime(&now));
    ck_assert(robot_see(&h, date));
    ck_assert(robot_see(&h, "4 bytes"));
}
END_TEST

START_TEST(only_files_that_fit_are_listed_until_all_are_asked_for)
{
    ck_assert(!robot_see(&h, "notes.txt"));
    robot_click(&h, "file-all");
    ck_assert(robot_see(&h, "notes.txt"));
    ck_assert(!robot_see(&h, ".hidden.safetensors"));
}
END_TEST

START_TEST(hidden_files_are_listed_when_asked_for)
{
    ck_assert(!robot_see(&h, ".hidden.safetensors"));
    robot_click(&h, "file-hidden");
    ck_assert(robot_see(&h, ".hidden.safetensors"));
}
END_TEST

START_TEST(an_empty_folder_says_so)
{
    open_dialog(FILE_DIALOG_FOLDER, in_root("zoo"));
    ck_assert(robot_see(&h, "This folder is empty."));
}
END_TEST

START_TEST(a_link_is_what_it_leads_to_and_a_broken_one_is_left_out)
{
    ck_assert_int_eq(symlink(in_root("attic"), in_root("way")), 0);
    ck_assert_int_eq(symlink("nowhere", in_root("lost.safetensors")), 0);
    ck_assert_int_eq(symlink("loop", in_root("loop")), 0);
    open_dialog(FILE_DIALOG_OPEN, root);
    ck_assert(robot_see(&h, "way/"));
    ck_assert(!robot_see(&h, "lost.safetensors"));
    robot_type(&h, "way");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&h, "old.safetensors"));
    robot_key(&h, UI_KEY_BACKSPACE, 0); /* back to where the link is */
    ck_assert(robot_see(&h, "Best.safetensors"));
}
END_TEST

START_TEST(a_name_that_is_no_text_is_shown_and_chosen)
{
    put_file("caf\xe9.safetensors", "latin");
    open_dialog(FILE_DIALOG_OPEN, root);
    ck_assert(robot_see(&h, "caf\uFFFD.safetensors"));
    robot_type(&h, "caf");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("caf\xe9.safetensors");
}
END_TEST

START_TEST(a_folder_whose_name_is_no_text_stays_when_its_path_is_entered)
{
    mkdir(in_root("caf\xe9"), 0777);
    put_file("caf\xe9/inner.safetensors", "");
    open_dialog(FILE_DIALOG_OPEN, in_root("caf\xe9"));
    robot_click(&h, "file-path");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&h, "inner.safetensors"));
    ck_assert(!robot_has(&h, "file-trouble"));
}
END_TEST

/* Bytes that are no text take three times their room when they are shown. */
START_TEST(names_that_are_no_text_are_edited_in_the_room_that_they_have)
{
    static const char *const ends[] = {"", "\xc3\xbc", "/x"};
    char name[NAME_MAX + 1];
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        memset(name, i == 1 ? 0x9f : 0xff, sizeof name);
        strcpy(name + 212 + i, ends[i]);
        open_dialog(FILE_DIALOG_SAVE, in_root(name));
        for (int times = 0; times < 8; times++) { /* twice as long each time */
            robot_key(&h, 'a', UI_CTRL);
            robot_key(&h, 'c', UI_CTRL);
            robot_key(&h, UI_KEY_END, 0);
            robot_key(&h, 'v', UI_CTRL);
        }
        robot_key(&h, UI_KEY_ENTER, 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&h, "too long"));
    }
}
END_TEST

START_TEST(what_is_edited_leaves_the_other_bytes_of_a_name_as_they_are)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("\xff" "caf\xe9\xe8.safetensors"));
    robot_key(&h, UI_KEY_HOME, 0);
    robot_type(&h, "a");
    robot_key(&h, UI_KEY_DELETE, 0);
    robot_type(&h, "bc");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("abccaf\xe9\xe8.safetensors");
    open_dialog(FILE_DIALOG_SAVE, in_root("\xff" "caf\xe9\xe8.safetensors"));
    robot_write(&h, "file-name", "fresh");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("fresh.safetensors");
}
END_TEST

START_TEST(a_path_whose_beginning_is_no_text_is_gone_on_with)
{
    mkdir(in_root("caf\xe9\xff"), 0777);
    put_file("caf\xe9\xff/inner.safetensors", "");
    open_dialog(FILE_DIALOG_OPEN, in_root("caf\xe9\xff"));
    robot_click(&h, "file-path");
    robot_key(&h, UI_KEY_END, 0);
    robot_type(&h, "/inner.safetensors");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("caf\xe9\xff/inner.safetensors");
}
END_TEST

START_TEST(names_are_made_into_text)
{
    char text[64];
    ck_assert_str_eq(folder_show_name("a\tb", text, sizeof text), "a\uFFFDb");
    ck_assert_str_eq(folder_show_name("\xc0\xaf", text, sizeof text), "\uFFFD\uFFFD");
    ck_assert_str_eq(folder_show_name("\xed\xa0\x80", text, sizeof text),
                     "\uFFFD\uFFFD\uFFFD");
    ck_assert_str_eq(folder_show_name("gr\u00fc\u00df \u4e00 \U0001F600", text, sizeof text),
                     "gr\u00fc\u00df \u4e00 \U0001F600");
    ck_assert_str_eq(folder_show_name("\u00fc\u00fc", text, 4), "\u00fc");
}
END_TEST

START_TEST(a_long_name_ends_in_an_ellipsis)
{
    char name[NAME_MAX + 1];
    memset(name, 'w', sizeof name);
    memcpy(name, "long", 4);
    strcpy(name + 200, ".safetensors");
    put_file(name, "");
    open_dialog(FILE_DIALOG_OPEN, root);
    const struct ui_control *list = ui_find_control(h.ui, "file-list");
    bool cut = false;
    for (size_t i = 0; i < h.shapes->count; i++) {
        const struct ui_shape *shape = &h.shapes->items[i];
        const char *text = ui_shape_text(h.shapes, shape);
        if (strncmp(text, "longw", 5) != 0 && strcmp(text, "\u2026") != 0)
            continue;
        cut |= strstr(text, "\u2026") != NULL;
        ck_assert_float_le(shape->rect.x + shape->rect.w, list->rect.x + list->rect.w);
    }
    ck_assert(cut);
}
END_TEST

START_TEST(thousands_of_files_are_quick_and_only_those_in_sight_are_drawn)
{
    char name[64];
    struct timespec begin, end;
    for (int i = 0; i < 5000; i++) {
        snprintf(name, sizeof name, "zoo/%d.safetensors", i);
        put_file(name, "");
    }
    clock_gettime(CLOCK_MONOTONIC, &begin);
    open_dialog(FILE_DIALOG_OPEN, in_root("zoo"));
    robot_key(&h, UI_KEY_END, 0);
    clock_gettime(CLOCK_MONOTONIC, &end);
    ck_assert(robot_see(&h, "4999.safetensors"));
    ck_assert_uint_lt(h.shapes->count, 200);
    double seconds = (double)(end.tv_sec - begin.tv_sec) +
                     1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
    ck_assert_double_lt(seconds, 2);
}
END_TEST

/* ---- going about --------------------------------------------------------------------------- */

START_TEST(typing_finds_and_enter_chooses)
{
    robot_type(&h, "run 1");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("run 10.safetensors");
}
END_TEST

START_TEST(enter_goes_into_a_folder_and_backspace_comes_back_to_it)
{
    robot_type(&h, "zoo");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(!robot_see(&h, "Best.safetensors"));
    robot_key(&h, UI_KEY_BACKSPACE, 0);
    ck_assert(robot_see(&h, "Best.safetensors"));
    robot_key(&h, UI_KEY_DOWN, 0); /* from the folder that was left to what follows it */
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(up_ends_at_the_root)
{
    for (int i = 0; i < 10; i++)
        robot_key(&h, UI_KEY_UP, UI_ALT);
    ck_assert(robot_off(&h, "file-up"));
    ck_assert(robot_see(&h, "tmp/"));
}
END_TEST

START_TEST(a_double_click_chooses)
{
    struct ui_rect list = ui_find_control(h.ui, "file-list")->rect;
    robot_double_click(&h, list.x + 40, list.y + 4 + 2.5f * UI_ROW);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(the_button_opens_what_is_selected)
{
    robot_type(&h, "b");
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    robot_click(&h, "file-ok");
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(escape_and_cancel_leave)
{
    robot_key(&h, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
    open_dialog(FILE_DIALOG_OPEN, root);
    robot_click(&h, "file-cancel");
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
}
END_TEST

START_TEST(the_usual_places_are_a_click_away)
{
    open_dialog(FILE_DIALOG_OPEN, "/");
    ck_assert(!robot_see(&h, "Best.safetensors"));
    robot_click(&h, "place/0");
    ck_assert(robot_see(&h, "Best.safetensors"));
}
END_TEST

START_TEST(a_recent_file_is_found_and_a_lost_one_left_out)
{
    ck_assert(!robot_see(&h, "gone.safetensors"));
    for (int i = 0; i < ui_control_count(h.ui); i++)
        if (strcmp(ui_control(h.ui, i)->label, "old.safetensors") == 0) {
            robot_click(&h, ui_control(h.ui, i)->name);
            break;
        }
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
}
END_TEST

START_TEST(a_path_can_be_typed)
{
    robot_key(&h, 'l', UI_CTRL);
    ck_assert(ui_has_focus(h.ui, "file-path"));
    robot_write(&h, "file-path", "~/attic/../attic//./old.safetensors");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
}
END_TEST

START_TEST(a_path_typed_in_the_list_goes_to_the_path_field)
{
    open_dialog(FILE_DIALOG_OPEN, in_root("zoo"));
    ck_assert(ui_has_focus(h.ui, "file-list"));
    robot_type(&h, in_root("attic/old.safetensors"));
    ck_assert(ui_has_focus(h.ui, "file-path"));
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic/old.safetensors");
    open_dialog(FILE_DIALOG_FOLDER, in_root("zoo"));
    robot_type(&h, "~/attic");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic");
}
END_TEST

START_TEST(the_answer_that_enter_gives_has_the_ring)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_click(&h, "file-ok"); /* no key brings the focus */
    ck_assert(ui_has_focus(h.ui, "file-keep"));
    struct ui_rect keep = ui_find_control(h.ui, "file-keep")->rect;
    int rings = 0;
    for (size_t i = 0; i < h.shapes->count; i++)
        rings += h.shapes->items[i].rect.x == keep.x - 3 && h.shapes->items[i].rect.w == keep.w + 6;
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
    robot_frame(&h);
    robot_type(&h, "mine");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "The name must hold \"images\""));
    robot_type(&h, "-images");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("mine-images");
}
END_TEST

START_TEST(a_typed_folder_is_shown)
{
    robot_write(&h, "file-path", "attic");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "old.safetensors"));
    ck_assert(robot_see(&h, in_root("attic")));
}
END_TEST

START_TEST(a_path_that_is_not_there_gets_a_sentence_and_the_list_stays)
{
    robot_write(&h, "file-path", "/no/such/place");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&h, "There is no folder /no/such/place; choose another one."));
    ck_assert(robot_see(&h, "Best.safetensors"));
}
END_TEST

START_TEST(nothing_is_taken_for_a_mistyped_path)
{
    static const enum file_dialog_kind kinds[] = {FILE_DIALOG_OPEN, FILE_DIALOG_FOLDER};
    for (size_t i = 0; i < 2; i++) {
        open_dialog(kinds[i], root);
        robot_write(&h, "file-path", "/no/such/place");
        robot_key(&h, UI_KEY_ENTER, 0);
        robot_key(&h, UI_KEY_ENTER, 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        robot_click(&h, "file-ok");
        robot_key(&h, UI_KEY_ENTER, 0);
        robot_key(&h, ' ', 0);
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&h, "There is no folder /no/such/place; choose another one."));
        open_dialog(kinds[i], root); /* not even where it was not entered */
        robot_write(&h, "file-path", "/no/such/place");
        robot_click(&h, "file-ok");
        ck_assert_int_eq(result, FILE_DIALOG_ASKING);
        ck_assert(robot_see(&h, "There is no folder /no/such/place; choose another one."));
    }
}
END_TEST

START_TEST(a_row_that_is_selected_goes_before_a_path_that_was_given_up)
{
    robot_write(&h, "file-path", "/no/such/place");
    struct ui_rect list = ui_find_control(h.ui, "file-list")->rect;
    robot_double_click(&h, list.x + 40, list.y + 4 + 2.5f * UI_ROW);
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(a_folder_that_went_away_gets_a_sentence)
{
    ck_assert_int_eq(rmdir(in_root("zoo")), 0);
    robot_type(&h, "zoo");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&h, "There is no folder"));
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
    ck_assert(robot_see(&h, "There is no folder /no/such/place"));
    ck_assert(robot_see(&h, "Best.safetensors"));
}
END_TEST

/* ---- saving -------------------------------------------------------------------------------- */

START_TEST(a_name_is_typed_and_gets_its_end)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    ck_assert(ui_has_focus(h.ui, "file-name"));
    robot_type(&h, "mine");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("mine.safetensors");
}
END_TEST

START_TEST(a_name_that_has_its_end_keeps_it)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("mine.SafeTensors"));
    robot_click(&h, "file-ok");
    check_chosen("mine.SafeTensors");
}
END_TEST

START_TEST(replacing_a_file_is_asked_for)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&h, "Best");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "Best.safetensors is there already. Replace it?"));
    ck_assert(ui_has_focus(h.ui, "file-keep"));
    robot_click(&h, "file-replace");
    check_chosen("Best.safetensors");
}
END_TEST

START_TEST(enter_at_the_question_keeps_the_file)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_has(&h, "file-keep"));
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(!robot_has(&h, "file-keep"));
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(ui_has_focus(h.ui, "file-name"));
}
END_TEST

START_TEST(escape_at_the_question_keeps_the_file_and_the_dialog)
{
    open_dialog(FILE_DIALOG_SAVE, in_root("Best.safetensors"));
    robot_key(&h, UI_KEY_ENTER, 0);
    robot_key(&h, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(!robot_has(&h, "file-keep"));
    robot_key(&h, UI_KEY_ESCAPE, 0);
    ck_assert_int_eq(result, FILE_DIALOG_CANCELLED);
}
END_TEST

START_TEST(selecting_a_file_proposes_its_name)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    struct ui_rect list = ui_find_control(h.ui, "file-list")->rect;
    h.input.moves[h.input.move_count++] = (struct ui_move){
        UI_PRESS, UI_BUTTON_LEFT, list.x + 40, list.y + 4 + 3.5f * UI_ROW, 1, h.input.now};
    robot_frame(&h);
    robot_click(&h, "file-ok");
    ck_assert(robot_see(&h, "run 9.safetensors is there already."));
}
END_TEST

START_TEST(typing_replaces_the_name_each_time_the_dialog_opens)
{
    for (int i = 0; i < 3; i++) {
        open_dialog(FILE_DIALOG_SAVE, in_root("proposed.safetensors"));
        robot_type(&h, "fresh");
        robot_key(&h, UI_KEY_ENTER, 0);
        check_chosen("fresh.safetensors");
        if (i == 1) { /* left with a text that was not entered */
            open_dialog(FILE_DIALOG_SAVE, in_root("proposed.safetensors"));
            robot_type(&h, "half a na");
        }
    }
}
END_TEST

START_TEST(leaving_the_name_does_not_save)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&h, "mine");
    robot_key(&h, UI_KEY_TAB, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
}
END_TEST

START_TEST(an_empty_name_and_a_missing_folder_get_sentences)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_click(&h, "file-ok");
    ck_assert(robot_see(&h, "Write a name for the file first."));
    robot_write(&h, "file-name", "nowhere/mine");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert(robot_see(&h, "there is no folder"));
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
}
END_TEST

START_TEST(the_name_of_a_folder_goes_into_it)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_type(&h, "attic");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "old.safetensors"));
}
END_TEST

/* ---- choosing a folder --------------------------------------------------------------------- */

START_TEST(the_folder_on_show_is_chosen_unless_another_is_selected)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_click(&h, "file-ok");
    ck_assert_int_eq(result, FILE_DIALOG_CHOSEN);
    ck_assert_str_eq(file_dialog_path(dialog), root);
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&h, "zoo");
    ck_assert(robot_see(&h, in_root("zoo")));
    robot_click(&h, "file-ok");
    check_chosen("zoo");
}
END_TEST

START_TEST(a_folder_is_chosen_by_keyboard)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_key(&h, 'l', UI_CTRL);
    robot_write(&h, "file-path", "attic");
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic");
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&h, "zoo");
    robot_key(&h, UI_KEY_ENTER, UI_CTRL);
    check_chosen("zoo");
    open_dialog(FILE_DIALOG_FOLDER, in_root("attic"));
    robot_key(&h, 'l', UI_CTRL);
    robot_key(&h, UI_KEY_ENTER, 0);
    check_chosen("attic");
}
END_TEST

START_TEST(a_path_that_was_not_entered_is_where_a_name_is_saved)
{
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_write(&h, "file-path", "attic");
    robot_write(&h, "file-name", "mine");
    robot_click(&h, "file-ok");
    check_chosen("attic/mine.safetensors");
    open_dialog(FILE_DIALOG_SAVE, root);
    robot_write(&h, "file-path", "/no/such/place");
    robot_write(&h, "file-name", "mine");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "There is no folder /no/such/place; choose another one."));
}
END_TEST

START_TEST(a_file_is_no_folder)
{
    open_dialog(FILE_DIALOG_FOLDER, root);
    robot_type(&h, "notes");
    robot_key(&h, UI_KEY_ENTER, 0);
    ck_assert_int_eq(result, FILE_DIALOG_ASKING);
    ck_assert(robot_see(&h, "This is a file; a folder is asked for."));
}
END_TEST

/* ---- the look and any input ---------------------------------------------------------------- */

START_TEST(nothing_overlaps)
{
    static const float sizes[][2] = {{960, 640}, {1280, 800}, {1920, 1080}};
    for (int kind = FILE_DIALOG_OPEN; kind <= FILE_DIALOG_FOLDER; kind++)
        for (size_t s = 0; s < 3; s++) {
            h.input.width = sizes[s][0];
            h.input.height = sizes[s][1];
            open_dialog((enum file_dialog_kind)kind, root);
            const char *overlap = robot_find_overlap(&h, 0);
            ck_assert_msg(!overlap, "%s", overlap);
            ck_assert_float_ge(ui_find_control(h.ui, "file-list")->rect.h, 200);
        }
}
END_TEST

START_TEST(any_input_is_survived)
{
    uint64_t seed = 11;
    for (int kind = FILE_DIALOG_OPEN; kind <= FILE_DIALOG_FOLDER; kind++) {
        open_dialog((enum file_dialog_kind)kind, in_root("run 9.safetensors"));
        for (int i = 0; i < 1000; i++) {
            robot_random(&h, &seed);
            if (result == FILE_DIALOG_CHOSEN)
                ck_assert_int_eq(file_dialog_path(dialog)[0], '/');
            if (result != FILE_DIALOG_ASKING)
                open_dialog((enum file_dialog_kind)kind, root);
        }
    }
}
END_TEST

/* ---- all ----------------------------------------------------------------------------------- */

#define ADD(test) tcase_add_test(tcase, test)

static void add_tests(TCase *tcase)
{
    ADD(folders_come_first_and_numbers_count);
    ADD(sizes_and_dates_stand_beside_the_names);
    ADD(only_files_that_fit_are_listed_until_all_are_asked_for);
    ADD(hidden_files_are_listed_when_asked_for);
    ADD(an_empty_folder_says_so);
    ADD(a_link_is_what_it_leads_to_and_a_broken_one_is_left_out);
    ADD(a_name_that_is_no_text_is_shown_and_chosen);
    ADD(a_folder_whose_name_is_no_text_stays_when_its_path_is_entered);
    ADD(names_that_are_no_text_are_edited_in_the_room_that_they_have);
    ADD(what_is_edited_leaves_the_other_bytes_of_a_name_as_they_are);
    ADD(a_path_whose_beginning_is_no_text_is_gone_on_with);
    ADD(names_are_made_into_text);
    ADD(a_long_name_ends_in_an_ellipsis);
    ADD(thousands_of_files_are_quick_and_only_those_in_sight_are_drawn);
    ADD(typing_finds_and_enter_chooses);
    ADD(enter_goes_into_a_folder_and_backspace_comes_back_to_it);
    ADD(up_ends_at_the_root);
    ADD(a_double_click_chooses);
    ADD(the_button_opens_what_is_selected);
    ADD(escape_and_cancel_leave);
    ADD(the_usual_places_are_a_click_away);
    ADD(a_recent_file_is_found_and_a_lost_one_left_out);
    ADD(a_path_can_be_typed);
    ADD(a_typed_folder_is_shown);
    ADD(a_path_typed_in_the_list_goes_to_the_path_field);
    ADD(the_answer_that_enter_gives_has_the_ring);
    ADD(a_name_that_lacks_what_it_must_hold_is_refused_in_the_dialog);
    ADD(a_path_that_is_not_there_gets_a_sentence_and_the_list_stays);
    ADD(nothing_is_taken_for_a_mistyped_path);
    ADD(a_row_that_is_selected_goes_before_a_path_that_was_given_up);
    ADD(a_folder_that_went_away_gets_a_sentence);
    ADD(a_folder_that_may_not_be_read_gets_a_sentence);
    ADD(a_beginning_that_is_gone_leads_home_and_says_so);
}

static void add_saving_tests(TCase *tcase)
{
    ADD(a_name_is_typed_and_gets_its_end);
    ADD(a_name_that_has_its_end_keeps_it);
    ADD(replacing_a_file_is_asked_for);
    ADD(enter_at_the_question_keeps_the_file);
    ADD(escape_at_the_question_keeps_the_file_and_the_dialog);
    ADD(selecting_a_file_proposes_its_name);
    ADD(typing_replaces_the_name_each_time_the_dialog_opens);
    ADD(leaving_the_name_does_not_save);
    ADD(an_empty_name_and_a_missing_folder_get_sentences);
    ADD(the_name_of_a_folder_goes_into_it);
    ADD(the_folder_on_show_is_chosen_unless_another_is_selected);
    ADD(a_folder_is_chosen_by_keyboard);
    ADD(a_path_that_was_not_entered_is_where_a_name_is_saved);
    ADD(a_file_is_no_folder);
    ADD(nothing_overlaps);
    ADD(any_input_is_survived);
}

Suite *make_suite(void)
{
    Suite *suite = suite_create("file dialog");
    TCase *tcase = tcase_create("file dialog");
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_set_timeout(tcase, 120);
    add_tests(tcase);
    add_saving_tests(tcase);
    suite_add_tcase(suite, tcase);
    return suite;
}
