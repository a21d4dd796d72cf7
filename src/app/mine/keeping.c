/* SPDX-License-Identifier: MIT */
/* keeping.c -- the half of my digits that has to do with files: what the keeper is asked, and what
 * becomes of its answers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/app.h"
#include "app/log.h"
#include "app/mine/keeper.h"
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
    app_say(app, NOTICE_TROUBLE, "%s", err.text);
}

/* One save at a time: the next one must know what came of the last. What could not be saved is
 * tried again with the next change, when that is asked for, and on leaving. */
static void save_changes(struct app *app, uint64_t but_for)
{
    struct my_digits *my = &app->my;
    char path[FILES_PATH_MAX];
    if (!my->loaded || my->saving || but_for == mine_changes(my->list))
        return;
    my->given_changes = mine_changes(my->list);
    my->saving = keeper_save(my->keeper, find_path(path), my->list);
    if (!my->saving)
        err_memory(&my->trouble, "saving your digits");
}

bool my_digits_unsaved(const struct app *app)
{
    const struct my_digits *my = &app->my;
    return my->loaded && my->saved_changes != mine_changes(my->list);
}

bool my_digits_exporting(const struct app *app)
{
    return keeper_exporting(app->my.keeper);
}

void my_digits_try_again(struct app *app)
{
    char path[FILES_PATH_MAX];
    if (app->my.loaded)
        save_changes(app, app->my.saved_changes);
    else if (!keeper_load(app->my.keeper, find_path(path)))
        say_no_memory(app, "your digits");
}

/* ---- an import under way --------------------------------------------------------------------- */

static const char importing[] = "Importing\u2026"; /* what its notice begins with */

bool my_digits_tells_of_import(const struct app *app)
{
    return app->notice.kind != NOTICE_NONE &&
           strncmp(app->notice.text, importing, strlen(importing)) == 0;
}

/* How far it is, where no other sentence stands. */
static void show_import(struct app *app)
{
    struct notice *notice = &app->notice;
    uint32_t done, all;
    bool told = my_digits_tells_of_import(app);
    if (!keeper_importing(app->my.keeper, &done, &all) || all < 2) {
        if (told && !keeper_importing(app->my.keeper, &done, &all))
            *notice = (struct notice){0};
        return;
    }
    if (notice->kind != NOTICE_NONE && !told)
        return;
    if (!told) {
        app_say(app, NOTICE_WORD, "%s", importing);
        app_offer(app, "Stop", ACT_MINE_IMPORT_STOP);
    }
    snprintf(notice->text, sizeof notice->text, "%s %u of %u pictures", importing, done, all);
}

bool my_digits_stop_import(struct app *app)
{
    uint32_t done, all;
    if (!keeper_importing(app->my.keeper, &done, &all))
        return false;
    keeper_stop_imports(app->my.keeper);
    return true;
}

/* ---- what other threads finished ------------------------------------------------------------- */

static void take_loaded(struct app *app, struct keeper_answer *answer)
{
    struct my_digits *my = &app->my;
    if (my->loaded) { /* asked for twice */
        mine_free(answer->mine);
        return;
    }
    if (!answer->done)
        app_say(app, NOTICE_TROUBLE, "%s", answer->err.text);
    if (!answer->mine) {
        app_offer(app, "Try again", ACT_MINE_AGAIN);
        return;
    }
    mine_free(my->list);
    my->list = answer->mine;
    my->given_changes = my->saved_changes = mine_changes(my->list);
    my->loaded = true;
    log_my_digits(app, "loaded", -1);
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

static void say_imported(struct app *app, uint32_t added, const struct keeper_answer *answer)
{
    char others[60] = "", passed[sizeof answer->passed.why.text + 60];
    uint32_t known = answer->count - added;
    if (known > 0)
        snprintf(others, sizeof others, "; %u %s here already", known, known == 1 ? "was" : "were");
    write_passed(&answer->passed, passed, sizeof passed);
    app_say(app, NOTICE_DONE, "Imported %u digit%s from %s%s.%s", added, added == 1 ? "" : "s",
            files_name(answer->path), others, passed);
    if (added > 0)
        app_offer(app, "Undo", ACT_MINE_UNDO);
    app->my.import_version = mine_version(app->my.list);
}

static void take_imported(struct app *app, struct keeper_answer *answer)
{
    struct my_digits *my = &app->my;
    uint32_t added = 0;
    if (answer->done && !my->loaded)
        answer->done = err_set(&answer->err, "Your own digits are not loaded; try again.");
    if (answer->done)
        answer->done = add_new_ones(my, answer->mine, &added, &answer->err);
    mine_free(answer->mine);
    if (answer->stopped) {
        app_say(app, NOTICE_WORD, "The import was stopped; nothing was added.");
        log_my_digits(app, "import stopped", -1);
    } else if (answer->done) {
        say_imported(app, added, answer);
        log_my_digits(app, "imported", -1);
    } else {
        app_say(app, NOTICE_TROUBLE, "%s", answer->err.text);
    }
}

static void say_added(struct app *app, uint32_t count)
{
    app_say(app, NOTICE_WORD, "%u digit%s that another window filed %s in My digits now.", count,
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
        app_say(app, NOTICE_WORD, "%s; My digits show it now.", text);
}

/* They are in the file already. */
static void take_news(struct app *app, struct keeper_answer *answer)
{
    struct my_digits *my = &app->my;
    struct err err;
    int at = my_digits_selected(app);
    uint64_t selected = at >= 0 ? mine_at(my->list, (uint32_t)at)->id : 0;
    bool unchanged = mine_changes(my->list) == answer->changes;
    if (!mine_take_news(my->list, &answer->news, &err)) {
        keeper_forget(my->keeper);
        app_say(app, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    if (unchanged)
        my->given_changes = my->saved_changes = mine_changes(my->list);
    int now = at >= 0 ? mine_find(my->list, selected) : -1;
    if (now >= 0)
        my->selected = mine_at(my->list, (uint32_t)now)->number;
    say_news(app, &answer->news);
}

static void take_saved(struct app *app, struct keeper_answer *answer)
{
    struct my_digits *my = &app->my;
    my->saving = false;
    if (answer->done) {
        my->saved_changes = answer->changes;
        take_news(app, answer);
        if (answer->err.text[0])
            app_say(app, NOTICE_TROUBLE, "%s", answer->err.text);
        log_my_digits(app, "saved", -1);
    } else {
        my->trouble = answer->err;
        app_say(app, NOTICE_TROUBLE, "%s", answer->err.text);
        app_offer(app, "Try again", ACT_MINE_AGAIN);
    }
    mine_news_clear(&answer->news);
}

/* On leaving an export is another way to keep what could not be saved. */
static void take_exported(struct app *app, const struct keeper_answer *answer)
{
    if (!answer->done) {
        app_say(app, NOTICE_TROUBLE, "%s", answer->err.text);
        return;
    }
    if (app->leaving.stage != LEAVE_NOT)
        app->my.saved_changes = answer->changes;
    app_say(app, NOTICE_DONE, "Exported %u digit%s to %s.", answer->count,
            answer->count == 1 ? "" : "s", answer->path);
    log_my_digits(app, "exported", -1);
}

static void take_answer(struct app *app, struct keeper_answer *answer)
{
    switch (answer->kind) {
    case KEEPER_LOADED: take_loaded(app, answer); break;
    case KEEPER_SAVED: take_saved(app, answer); break;
    case KEEPER_IMPORTED: take_imported(app, answer); break;
    case KEEPER_EXPORTED: take_exported(app, answer); break;
    }
}

void my_digits_take_answers(struct app *app)
{
    struct keeper_answer answer;
    while (keeper_poll(app->my.keeper, &answer))
        take_answer(app, &answer);
    show_import(app);
}

void my_digits_save(struct app *app)
{
    save_changes(app, app->my.given_changes);
}

static void wait_for_keeper(struct app *app)
{
    struct keeper_answer answer;
    while (keeper_wait(app->my.keeper, &answer))
        take_answer(app, &answer);
}

/* Whatever is not saved when all saves are done is tried once more. */
void my_digits_finish(struct app *app)
{
    bool gone = app->leaving.stage == LEAVE_GONE;
    if (!app->my.keeper)
        return;
    keeper_stop_imports(app->my.keeper);
    if (gone)
        keeper_stop_exports(app->my.keeper);
    wait_for_keeper(app);
    if (gone)
        return;
    save_changes(app, app->my.saved_changes);
    wait_for_keeper(app);
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
    if (!keeper_import(app->my.keeper, path))
        say_no_memory(app, "the import");
}

void my_digits_export(struct app *app, const char *path)
{
    remember_folder(app, path, false);
    if (!keeper_export(app->my.keeper, path, app->my.export_format, app->my.list))
        say_no_memory(app, "the export");
}
