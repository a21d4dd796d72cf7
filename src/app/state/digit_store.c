/* SPDX-License-Identifier: MIT */
/* digit_store.c -- what other threads are asked for, and what becomes of their answers. */
#include "app/state/digit_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/host.h"
#include "app/state/digit_jobs.h"
#include "app/tell/log.h"
#include "app/tell/notice.h"
#include "base/err.h"
#include "base/files.h"
#include "base/language.h"
#include "data/my_digits.h"

void digit_store_log(const struct digit_store *store, const char *what, int label)
{
    log_event(store->means.log,
              json_pack("{s:s, s:s, s:o, s:i}", "event", "my_digits", "what", what, "label",
                        label >= 0 ? json_integer(label) : json_null(), "count",
                        (int)my_digits_count(store->list)));
}

bool digit_store_begin(struct digit_store *store, const struct digit_store_means *means,
                       struct err *err)
{
    const struct app_host *host = means->host;
    const struct exchange_pictures pictures = {host->user, host->load_picture, host->save_grey};
    store->means = *means;
    store->list = my_digits_new(err);
    store->jobs = store->list ? digit_jobs_new(&pictures, host->wake, host->user, err) : NULL;
    if (store->jobs)
        digit_store_try_again(store);
    return store->jobs != NULL;
}

void digit_store_end(struct digit_store *store)
{
    digit_jobs_free(store->jobs);
    my_digits_free(store->list);
    *store = (struct digit_store){0};
}

/* ---- saving ---------------------------------------------------------------------------------- */

static char *find_path(char path[FILES_PATH_MAX])
{
    return files_user_path(FILES_DATA, "my-digits.unp", path);
}

static void say_no_memory(struct digit_store *store, const char *what)
{
    struct err err;
    err_memory(&err, what);
    notices_say(store->means.notices, NOTICE_TROUBLE, "%s", err.text);
}

/* One save at a time: the next one must know what came of the last. What could not be saved is
 * tried again with the next change, when that is asked for, and on leaving. */
static void start_save(struct digit_store *store)
{
    char path[FILES_PATH_MAX];
    if (!store->loaded || store->saving)
        return;
    store->given_changes = my_digits_changes(store->list);
    store->saving = digit_jobs_save(store->jobs, find_path(path), store->list);
    if (!store->saving)
        err_memory(&store->trouble, _("saving your digits"));
}

static void save_changes(struct digit_store *store, uint64_t but_for)
{
    if (but_for != my_digits_changes(store->list))
        start_save(store);
}

/* A save of what is saved only reads what others wrote since. */
void digit_store_look(struct digit_store *store)
{
    if (!digit_store_unsaved(store))
        start_save(store);
}

bool digit_store_unsaved(const struct digit_store *store)
{
    return store->loaded && store->saved_changes != my_digits_changes(store->list);
}

bool digit_store_is_idle(const struct digit_store *store)
{
    bool given = !store->loaded || store->given_changes == my_digits_changes(store->list);
    return given && digit_jobs_are_done(store->jobs);
}

bool digit_store_exporting(const struct digit_store *store)
{
    return digit_jobs_exporting(store->jobs);
}

void digit_store_try_again(struct digit_store *store)
{
    char path[FILES_PATH_MAX];
    if (store->loaded)
        save_changes(store, store->saved_changes);
    else if (!digit_jobs_load(store->jobs, find_path(path)))
        say_no_memory(store, _("your digits"));
}

/* ---- an import under way --------------------------------------------------------------------- */

/* How far it is, where no other sentence stands. */
static void show_import(struct digit_store *store)
{
    struct notice *notice = &store->means.notices->now;
    uint32_t done, all;
    bool told = notice->about == NOTICE_IMPORT;
    if (!digit_jobs_importing(store->jobs, &done, &all)) {
        notices_unsay(store->means.notices, NOTICE_IMPORT);
        return;
    }
    if (all < 2 || (notice->kind != NOTICE_NONE && !told))
        return;
    if (!told) {
        notices_say_about(store->means.notices, NOTICE_IMPORT, NOTICE_WORD, _("Importing"));
        notices_offer(store->means.notices, _("Stop"), ACT_DIGITS_IMPORT_STOP);
    }
    snprintf(notice->text, sizeof notice->text, "Importing\u2026 %u of %u pictures", done, all);
}

bool digit_store_stop_import(struct digit_store *store)
{
    uint32_t done, all;
    if (!digit_jobs_importing(store->jobs, &done, &all))
        return false;
    digit_jobs_stop_imports(store->jobs);
    return true;
}

/* ---- what other threads finished ------------------------------------------------------------- */

static void take_loaded(struct digit_store *store, struct digit_answer *answer)
{
    if (store->loaded) { /* asked for twice */
        my_digits_free(answer->list);
        return;
    }
    if (!answer->list) {
        notices_say_about(store->means.notices, NOTICE_STORE, NOTICE_TROUBLE, "%s",
                          answer->err.text);
        notices_offer(store->means.notices, _("Try again"), ACT_DIGITS_AGAIN);
        return;
    }
    notices_unsay(store->means.notices, NOTICE_STORE);
    if (!answer->done)
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", answer->err.text);
    my_digits_free(store->list);
    store->list = answer->list;
    store->given_changes = store->saved_changes = my_digits_changes(store->list);
    store->loaded = true;
    digit_store_log(store, "loaded", -1);
}

/* Without those that are in the list: a copy of a digit that is learnt must not come to check it.
 */
static bool add_new_ones(struct digit_store *store, const struct my_digits *from, uint32_t *added,
                         struct err *err)
{
    const struct my_digit **known = my_digits_all(store->list, err);
    struct my_digits *fresh = known ? my_digits_unknown(from, (const struct my_digit *const *)known,
                                                        my_digits_count(store->list), err)
                                    : NULL;
    *added = fresh ? my_digits_count(fresh) : 0;
    bool done = fresh && (*added == 0 || my_digits_add_all(store->list, fresh, err));
    my_digits_free(fresh);
    free(known);
    return done;
}

static void write_passed(const struct exchange_passed *passed, char *text, size_t size)
{
    text[0] = 0;
    if (passed->files > 0)
        snprintf(text, size,
                 P_(" %u file was passed over: %s", " %u files were passed over, the first: %s",
                    passed->files),
                 passed->files, passed->why.text);
    else if (passed->why.text[0])
        snprintf(text, size, _(" Passed over: %s."), passed->why.text);
}

/* Behind what was imported stand sentences of their own. */
static void say_imported(struct digit_store *store, uint32_t added,
                         const struct digit_answer *answer)
{
    char known[80] = "", passed[sizeof answer->passed.why.text + 60];
    uint32_t here = answer->count - added;
    if (here > 0)
        snprintf(known, sizeof known, P_(" %u was here already.", " %u were here already.", here),
                 here);
    write_passed(&answer->passed, passed, sizeof passed);
    notices_say_about(
        store->means.notices, NOTICE_IMPORTED, NOTICE_DONE,
        P_("Imported %u digit from %s.%s%s", "Imported %u digits from %s.%s%s", added), added,
        files_name(answer->path), known, passed);
    if (added > 0)
        notices_offer(store->means.notices, _("Undo"), ACT_DIGITS_UNDO);
    store->import_version = my_digits_version(store->list);
}

static void take_imported(struct digit_store *store, struct digit_answer *answer)
{
    uint32_t added = 0;
    if (answer->done && !store->loaded)
        answer->done = err_set(&answer->err, _("Your own digits are not loaded; try again."));
    if (answer->done)
        answer->done = add_new_ones(store, answer->list, &added, &answer->err);
    my_digits_free(answer->list);
    if (answer->stopped) {
        notices_say(store->means.notices, NOTICE_WORD,
                    _("The import was stopped; nothing was added."));
        digit_store_log(store, "import stopped", -1);
    } else if (answer->done) {
        say_imported(store, added, answer);
        digit_store_log(store, "imported", -1);
    } else {
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", answer->err.text);
    }
}

static void say_added(struct digit_store *store, uint32_t count)
{
    notices_say(store->means.notices, NOTICE_WORD,
                P_("%u digit that another window filed is in My digits now.",
                   "%u digits that another window filed are in My digits now.", count),
                count);
}

static void say_news(struct digit_store *store, const struct my_digits_news *news)
{
    uint32_t gone = 0, named = 0;
    for (uint32_t i = 0; i < news->change_count; i++) {
        gone += news->changes[i].gone;
        named += news->changes[i].label != news->changes[i].from;
    }
    if (news->added_count > 0 && gone + named == 0)
        say_added(store, news->added_count);
    else if (news->added_count + gone + named > 0)
        notices_say(
            store->means.notices, NOTICE_WORD,
            _("Another window filed %u, deleted %u and named %u anew of your digits; My digits "
              "show it now."),
            news->added_count, gone, named);
}

/* They are in the file already. */
static void take_news(struct digit_store *store, struct digit_answer *answer)
{
    struct err err;
    bool unchanged = my_digits_changes(store->list) == answer->changes;
    if (!my_digits_take_news(store->list, &answer->news, &err)) {
        digit_jobs_forget(store->jobs);
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return;
    }
    if (unchanged)
        store->given_changes = store->saved_changes = my_digits_changes(store->list);
    say_news(store, &answer->news);
}

static void take_saved(struct digit_store *store, struct digit_answer *answer)
{
    bool looked = store->saved_changes == answer->changes; /* there was nothing to save */
    store->saving = false;
    if (answer->done) {
        store->saved_changes = answer->changes;
        notices_unsay(store->means.notices, NOTICE_STORE);
        take_news(store, answer);
        if (answer->err.text[0])
            notices_say(store->means.notices, NOTICE_TROUBLE, "%s", answer->err.text);
        if (!looked || answer->news.theirs)
            digit_store_log(store, "saved", -1);
    } else if (!looked) {
        store->trouble = answer->err;
        notices_say_about(store->means.notices, NOTICE_STORE, NOTICE_TROUBLE, "%s",
                          answer->err.text);
        notices_offer(store->means.notices, _("Try again"), ACT_DIGITS_AGAIN);
    }
    my_digits_news_clear(&answer->news);
}

/* What could not be saved is kept in another file. */
static void take_kept(struct digit_store *store, uint64_t changes)
{
    if (store->saved_changes < changes)
        store->saved_changes = changes;
    store->export_trouble.text[0] = 0;
}

/* Whoever chose to stay after all has what is not saved still to be saved. */
static void take_exported(struct digit_store *store, const struct digit_answer *answer)
{
    if (!answer->done) {
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", answer->err.text);
        if (store->closing)
            store->export_trouble = answer->err;
        return;
    }
    if (answer->instead && store->closing)
        take_kept(store, answer->changes);
    notices_say(store->means.notices, NOTICE_DONE,
                P_("Exported %u digit to %s.", "Exported %u digits to %s.", answer->count),
                answer->count, answer->path);
    digit_store_log(store, "exported", -1);
}

static void take_answer(struct digit_store *store, struct digit_answer *answer)
{
    switch (answer->kind) {
    case DIGITS_LOADED:
        take_loaded(store, answer);
        break;
    case DIGITS_SAVED:
        take_saved(store, answer);
        break;
    case DIGITS_IMPORTED:
        take_imported(store, answer);
        break;
    case DIGITS_EXPORTED:
        take_exported(store, answer);
        break;
    }
}

static void take_answers(struct digit_store *store)
{
    struct digit_answer answer;
    while (digit_jobs_poll(store->jobs, &answer))
        take_answer(store, &answer);
    show_import(store);
}

/* The Undo that an import offers is for that import alone. */
static void withdraw_undo(struct digit_store *store)
{
    if (store->import_version != my_digits_version(store->list))
        notices_unsay(store->means.notices, NOTICE_IMPORTED);
}

void digit_store_poll(struct digit_store *store)
{
    take_answers(store);
    save_changes(store, store->given_changes);
    withdraw_undo(store);
}

static void wait_for_jobs(struct digit_store *store)
{
    struct digit_answer answer;
    while (digit_jobs_wait(store->jobs, &answer))
        take_answer(store, &answer);
}

/* Whatever is not saved when all saves are done is tried once more. */
void digit_store_finish(struct digit_store *store, bool gone)
{
    if (!store->jobs)
        return;
    store->closing = true;
    digit_jobs_stop_imports(store->jobs);
    if (gone)
        digit_jobs_stop_exports(store->jobs);
    wait_for_jobs(store);
    if (gone)
        return;
    save_changes(store, store->saved_changes);
    wait_for_jobs(store);
}

/* ---- asking ---------------------------------------------------------------------------------- */

bool digit_store_is_open(const struct digit_store *store)
{
    if (store->loaded)
        return true;
    notices_say_about(
        store->means.notices, NOTICE_STORE, NOTICE_TROUBLE,
        _("Your digits could not be loaded, so none can be added; look at what was said "
          "of their file."));
    notices_offer(store->means.notices, _("Try again"), ACT_DIGITS_AGAIN);
    return false;
}

bool digit_store_relabel(struct digit_store *store, uint32_t at, int label)
{
    struct err err;
    if (my_digits_at(store->list, at)->label == label)
        return false;
    if (!my_digits_relabel(store->list, at, label, &err)) {
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return false;
    }
    digit_store_log(store, "relabelled", label);
    return true;
}

bool digit_store_remove(struct digit_store *store, uint32_t at)
{
    struct err err;
    if (!my_digits_remove(store->list, at, &err)) {
        notices_say(store->means.notices, NOTICE_TROUBLE, "%s", err.text);
        return false;
    }
    digit_store_log(store, "deleted", -1);
    return true;
}

void digit_store_import(struct digit_store *store, const char *path)
{
    if (!digit_jobs_import(store->jobs, path))
        say_no_memory(store, _("the import"));
}

void digit_store_export(struct digit_store *store, const char *path, enum exchange_format format,
                        bool instead)
{
    if (!digit_jobs_export(store->jobs, path, format, instead, store->list))
        say_no_memory(store, _("the export"));
}
