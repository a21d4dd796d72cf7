/* SPDX-License-Identifier: MIT */
/* my_digits_files.c -- the half of my digits that has to do with files: what other threads are
 * asked for, and what becomes of their answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/shell/state.h"
#include "app/state/digit_jobs.h"
#include "app/tell/log.h"
#include "base/err.h"
#include "base/files.h"
#include "data/mine.h"

static char *find_path(char path[FILES_PATH_MAX])
{
    return files_user_path(FILES_DATA, "my-digits.unp", path);
}

static void say_no_memory(struct app *app, const char *what)
{
    struct err err;
    err_memory(&err, what);
    notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
}

/* One save at a time: the next one must know what came of the last. What could not be saved is
 * tried again with the next change, when that is asked for, and on leaving. */
static void start_save(struct app *app)
{
    struct my_digits *my = &app->my;
    char path[FILES_PATH_MAX];
    if (!my->loaded || my->saving)
        return;
    my->given_changes = mine_changes(my->list);
    my->saving = digit_jobs_save(my->jobs, find_path(path), my->list);
    if (!my->saving)
        err_memory(&my->trouble, "saving your digits");
}

static void save_changes(struct app *app, uint64_t but_for)
{
    if (but_for != mine_changes(app->my.list))
        start_save(app);
}

/* A save of what is saved only reads what others wrote since. */
void my_digits_look(struct app *app)
{
    if (!my_digits_unsaved(app))
        start_save(app);
}

bool my_digits_unsaved(const struct app *app)
{
    const struct my_digits *my = &app->my;
    return my->loaded && my->saved_changes != mine_changes(my->list);
}

bool my_digits_exporting(const struct app *app)
{
    return digit_jobs_exporting(app->my.jobs);
}

void my_digits_try_again(struct app *app)
{
    char path[FILES_PATH_MAX];
    if (app->my.loaded)
        save_changes(app, app->my.saved_changes);
    else if (!digit_jobs_load(app->my.jobs, find_path(path)))
        say_no_memory(app, "your digits");
}

/* ---- an import under way --------------------------------------------------------------------- */

/* How far it is, where no other sentence stands. */
static void show_import(struct app *app)
{
    struct notice *notice = &app->notices.now;
    uint32_t done, all;
    bool told = notice->about == NOTICE_IMPORT;
    if (!digit_jobs_importing(app->my.jobs, &done, &all)) {
        notices_unsay(&app->notices, NOTICE_IMPORT);
        return;
    }
    if (all < 2 || (notice->kind != NOTICE_NONE && !told))
        return;
    if (!told) {
        notices_say_about(&app->notices, NOTICE_IMPORT, NOTICE_WORD, "Importing");
        notices_offer(&app->notices, "Stop", ACT_DIGITS_IMPORT_STOP);
    }
    snprintf(notice->text, sizeof notice->text, "Importing\u2026 %u of %u pictures", done, all);
}

bool my_digits_stop_import(struct app *app)
{
    uint32_t done, all;
    if (!digit_jobs_importing(app->my.jobs, &done, &all))
        return false;
    digit_jobs_stop_imports(app->my.jobs);
    return true;
}

/* ---- what other threads finished ------------------------------------------------------------- */

static void take_loaded(struct app *app, struct digit_answer *answer)
{
    struct my_digits *my = &app->my;
    if (my->loaded) { /* asked for twice */
        mine_free(answer->mine);
        return;
    }
    if (!answer->mine) {
        notices_say_about(&app->notices, NOTICE_STORE, NOTICE_TROUBLE, "%s", answer->err.text);
        notices_offer(&app->notices, "Try again", ACT_DIGITS_AGAIN);
        return;
    }
    notices_unsay(&app->notices, NOTICE_STORE);
    if (!answer->done)
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", answer->err.text);
    mine_free(my->list);
    my->list = answer->mine;
    my->given_changes = my->saved_changes = mine_changes(my->list);
    my->loaded = true;
    my_digits_log(app, "loaded", -1);
}

/* Without those that are in the list: a copy of a digit that is learnt must not come to check it.
 */
static bool add_new_ones(struct my_digits *my, const struct mine *from, uint32_t *added,
                         struct err *err)
{
    const struct mine_digit **known = mine_digits(my->list, err);
    struct mine *fresh = known ? mine_unknown(from, (const struct mine_digit *const *)known,
                                              mine_count(my->list), err)
                               : NULL;
    *added = fresh ? mine_count(fresh) : 0;
    bool done = fresh && (*added == 0 || mine_add_all(my->list, fresh, err));
    mine_free(fresh);
    free(known);
    return done;
}

static void write_passed(const struct exchange_passed *passed, char *text, size_t size)
{
    text[0] = 0;
    if (passed->files > 0)
        snprintf(text, size, " %u file%s passed over%s: %s", passed->files,
                 passed->files == 1 ? " was" : "s were", passed->files == 1 ? "" : ", the first",
                 passed->why.text);
    else if (passed->why.text[0])
        snprintf(text, size, " Passed over: %s.", passed->why.text);
}

static void say_imported(struct app *app, uint32_t added, const struct digit_answer *answer)
{
    char others[60] = "", passed[sizeof answer->passed.why.text + 60];
    uint32_t known = answer->count - added;
    if (known > 0)
        snprintf(others, sizeof others, "; %u %s here already", known, known == 1 ? "was" : "were");
    write_passed(&answer->passed, passed, sizeof passed);
    notices_say_about(&app->notices, NOTICE_IMPORTED, NOTICE_DONE,
                      "Imported %u digit%s from %s%s.%s", added, added == 1 ? "" : "s",
                      files_name(answer->path), others, passed);
    if (added > 0)
        notices_offer(&app->notices, "Undo", ACT_DIGITS_UNDO);
    app->my.import_version = mine_version(app->my.list);
}

static void take_imported(struct app *app, struct digit_answer *answer)
{
    struct my_digits *my = &app->my;
    uint32_t added = 0;
    if (answer->done && !my->loaded)
        answer->done = err_set(&answer->err, "Your own digits are not loaded; try again.");
    if (answer->done)
        answer->done = add_new_ones(my, answer->mine, &added, &answer->err);
    mine_free(answer->mine);
    if (answer->stopped) {
        notices_say(&app->notices, NOTICE_WORD, "The import was stopped; nothing was added.");
        my_digits_log(app, "import stopped", -1);
    } else if (answer->done) {
        say_imported(app, added, answer);
        my_digits_log(app, "imported", -1);
    } else {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", answer->err.text);
    }
}

static void say_added(struct app *app, uint32_t count)
{
    notices_say(&app->notices, NOTICE_WORD,
                "%u digit%s that another window filed %s in My digits now.", count,
                count == 1 ? "" : "s", count == 1 ? "is" : "are");
}

/* "2 digits were filed in another window, 1 deleted, 1 named anew; My digits show it now." */
static void say_news(struct app *app, const struct mine_news *news)
{
    uint32_t gone = 0, named = 0;
    char text[200] = "";
    for (uint32_t i = 0; i < news->change_count; i++) {
        gone += news->changes[i].gone;
        named += news->changes[i].label != news->changes[i].from;
    }
    const struct {
        uint32_t count;
        const char *done;
    } parts[] = {{news->added_count, "filed"}, {gone, "deleted"}, {named, "named anew"}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t used = strlen(text);
        if (parts[i].count > 0 && used == 0)
            snprintf(text, sizeof text, "%u digit%s %s in another window", parts[i].count,
                     parts[i].count == 1 ? " was" : "s were", parts[i].done);
        else if (parts[i].count > 0)
            snprintf(text + used, sizeof text - used, ", %u %s", parts[i].count, parts[i].done);
    }
    if (news->added_count > 0 && gone + named == 0)
        say_added(app, news->added_count);
    else if (text[0])
        notices_say(&app->notices, NOTICE_WORD, "%s; My digits show it now.", text);
}

/* They are in the file already. */
static void take_news(struct app *app, struct digit_answer *answer)
{
    struct my_digits *my = &app->my;
    struct err err;
    int at = my_digits_selected(app);
    uint64_t selected = at >= 0 ? mine_at(my->list, (uint32_t)at)->id : 0;
    bool unchanged = mine_changes(my->list) == answer->changes;
    if (!mine_take_news(my->list, &answer->news, &err)) {
        digit_jobs_forget(my->jobs);
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    if (unchanged)
        my->given_changes = my->saved_changes = mine_changes(my->list);
    int now = at >= 0 ? mine_find(my->list, selected) : -1;
    if (now >= 0)
        my->selected = mine_at(my->list, (uint32_t)now)->number;
    say_news(app, &answer->news);
}

static void take_saved(struct app *app, struct digit_answer *answer)
{
    struct my_digits *my = &app->my;
    bool looked = my->saved_changes == answer->changes; /* there was nothing to save */
    my->saving = false;
    if (answer->done) {
        my->saved_changes = answer->changes;
        notices_unsay(&app->notices, NOTICE_STORE);
        take_news(app, answer);
        if (answer->err.text[0])
            notices_say(&app->notices, NOTICE_TROUBLE, "%s", answer->err.text);
        if (!looked || answer->news.theirs)
            my_digits_log(app, "saved", -1);
    } else if (!looked) {
        my->trouble = answer->err;
        notices_say_about(&app->notices, NOTICE_STORE, NOTICE_TROUBLE, "%s", answer->err.text);
        notices_offer(&app->notices, "Try again", ACT_DIGITS_AGAIN);
    }
    mine_news_clear(&answer->news);
}

/* What could not be saved is kept in another file. */
static void take_kept(struct app *app, uint64_t changes)
{
    if (app->my.saved_changes < changes)
        app->my.saved_changes = changes;
    app->leaving.export_trouble.text[0] = 0;
}

/* Whoever chose to stay after all has what is not saved still to be saved. */
static void take_exported(struct app *app, const struct digit_answer *answer)
{
    if (!answer->done) {
        notices_say(&app->notices, NOTICE_TROUBLE, "%s", answer->err.text);
        leave_tell(app, &answer->err);
        return;
    }
    if (answer->instead && app->leaving.stage != LEAVE_NOT)
        take_kept(app, answer->changes);
    notices_say(&app->notices, NOTICE_DONE, "Exported %u digit%s to %s.", answer->count,
                answer->count == 1 ? "" : "s", answer->path);
    my_digits_log(app, "exported", -1);
}

static void take_answer(struct app *app, struct digit_answer *answer)
{
    switch (answer->kind) {
    case DIGITS_LOADED: take_loaded(app, answer); break;
    case DIGITS_SAVED: take_saved(app, answer); break;
    case DIGITS_IMPORTED: take_imported(app, answer); break;
    case DIGITS_EXPORTED: take_exported(app, answer); break;
    }
}

void my_digits_take_answers(struct app *app)
{
    struct digit_answer answer;
    while (digit_jobs_poll(app->my.jobs, &answer))
        take_answer(app, &answer);
    show_import(app);
}

void my_digits_save(struct app *app)
{
    save_changes(app, app->my.given_changes);
}

static void wait_for_jobs(struct app *app)
{
    struct digit_answer answer;
    while (digit_jobs_wait(app->my.jobs, &answer))
        take_answer(app, &answer);
}

/* Whatever is not saved when all saves are done is tried once more. */
void my_digits_finish(struct app *app)
{
    bool gone = app->leaving.stage == LEAVE_GONE;
    if (!app->my.jobs)
        return;
    leave_begin(app);
    digit_jobs_stop_imports(app->my.jobs);
    if (gone)
        digit_jobs_stop_exports(app->my.jobs);
    wait_for_jobs(app);
    if (gone)
        return;
    save_changes(app, app->my.saved_changes);
    wait_for_jobs(app);
}

/* ---- asking ---------------------------------------------------------------------------------- */

/* The folder in which the next import or export begins: the one that was chosen, or the one that
 * what was chosen stands in. */
static void remember_folder(struct app *app, const char *path, bool whole)
{
    char *folder = app->settings.exchange;
    if (!realpath(path, folder))
        snprintf(folder, FILES_PATH_MAX, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash && !(whole && files_is_folder(folder)))
        slash[slash == folder] = 0;
}

void my_digits_import(struct app *app, const char *path)
{
    remember_folder(app, path, true);
    if (!digit_jobs_import(app->my.jobs, path))
        say_no_memory(app, "the import");
}

static void start_export(struct app *app, const char *path, enum exchange_format format,
                         bool instead)
{
    remember_folder(app, path, false);
    if (!digit_jobs_export(app->my.jobs, path, format, instead, app->my.list))
        say_no_memory(app, "the export");
}

void my_digits_export(struct app *app, const char *path, enum exchange_format format)
{
    start_export(app, path, format, false);
}

void my_digits_export_instead(struct app *app, const char *path)
{
    start_export(app, path, EXCHANGE_UNIPEN, true);
}
