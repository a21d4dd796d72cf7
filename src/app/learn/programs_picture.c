/* SPDX-License-Identifier: MIT */
#include "app/learn/programs_picture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/learn/learn_asks.h"
#include "app/stage/programs_stage.h"
#include "base/language.h"
#include "ui/format.h"
#include "ui/ui.h"

enum {
    PAD = 10,
    TITLE = 24,
    CODE_LINE = 16,
    ROW = 24,
    ROWS = 5, /* of the table, with its head */
    LINE_BYTES = 160,
    SCROLLER = 16,  /* the width that a sentence leaves to it */
    NAME_PART = 34, /* percent of the table's width that what is compared has */
    FOLD = 640,     /* below that width the cards stand in one column */
};

/* ---- a program ------------------------------------------------------------------------------- */

static int count_lines(const char *text)
{
    int lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* Only what can be seen is drawn. What is too long for the card ends in an ellipsis. */
static void show_code(const char *text, struct ui *ui, struct ui_rect page, struct ui_rect seen)
{
    char line[LINE_BYTES + 4];
    float letter = ui_label_width(ui, UI_MONO | UI_LITTLE, "0000000000") / 10;
    int most = (int)(page.w / letter);
    most = most < 1 ? 1 : most > LINE_BYTES ? LINE_BYTES : most;
    for (float y = page.y; *text; y += CODE_LINE) {
        size_t length = strcspn(text, "\n");
        struct ui_rect row = {page.x, y, page.w, CODE_LINE};
        if (length > 0 && y + CODE_LINE >= seen.y && y <= seen.y + seen.h) {
            bool whole = length <= (size_t)most;
            snprintf(line, sizeof line, "%.*s%s", whole ? (int)length : most - 1, text,
                     whole ? "" : "\u2026");
            ui_label_fitting(ui, row, UI_MONO | UI_LITTLE, (const char *[]){line, "\u2026"}, 2);
        }
        text += length + (text[length] == '\n');
    }
}

/* Reading files is alike in all of them: what is worth reading begins behind it. */
static const char *find_core(const struct programs_stage *stage, int kind)
{
    static const char *const marks[PROGRAM_KINDS] = {
        [PROGRAM_NUMPY] = "def sigmoid",
        [PROGRAM_C] = "int main",
        [PROGRAM_TORCH] = "net = nn.",
        [PROGRAM_KERAS] = "net = keras.",
    };
    const char *core = strstr(stage->texts[kind], marks[kind]);
    return core ? core : stage->texts[kind];
}

static void show_card(const struct programs_stage *stage, int kind, struct learn_asks *asks,
                      struct ui *ui, struct ui_rect rect)
{
    const struct ui_theme *theme = ui_theme(ui);
    char name[32];
    ui_push_box(ui_shapes(ui), rect, 6, theme->well, theme->card_edge, 1);
    struct ui_rect inside = ui_inset_xy(rect, PAD, 6);
    ui_label(ui, ui_cut_top(&inside, TITLE), UI_BOLD, program_title((enum program_kind)kind));
    snprintf(name, sizeof name, "program-%s", program_name((enum program_kind)kind));
    const char *core = stage->texts[kind] ? find_core(stage, kind) : NULL;
    const char *trouble = stage->troubles[kind].text;
    float height = core ? (float)(count_lines(core) * CODE_LINE)
                        : ui_wrapped_height(ui, inside.w - SCROLLER, UI_QUIET, trouble);
    struct ui_rect page = ui_scroll_begin(ui, name, inside, height, &asks->scrolls[kind]);
    if (core) {
        show_code(core, ui, page, inside);
    } else {
        page.w = inside.w - SCROLLER;
        ui_wrapped(ui, page, UI_QUIET, trouble);
    }
    ui_scroll_end(ui);
}

static void show_cards(const struct programs_stage *stage, struct learn_asks *asks, struct ui *ui,
                       struct ui_rect rect)
{
    int columns = rect.w < FOLD ? 1 : 2, rows = PROGRAM_KINDS / columns;
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        struct ui_rect row = ui_row(rect, i / columns, rows, UI_GAP);
        show_card(stage, i, asks, ui, ui_column(row, i % columns, columns, UI_GAP));
    }
}

/* ---- the table ------------------------------------------------------------------------------- */

static void show_row(struct ui *ui, struct ui_rect row, const char *what,
                     const char *const values[PROGRAM_KINDS], unsigned flags)
{
    struct ui_rect name = ui_cut_left(&row, floorf(row.w * NAME_PART / 100));
    const char *names[] = {what, "\u2026"};
    ui_label_fitting(ui, name, UI_QUIET, names, 2);
    for (int i = 0; i < PROGRAM_KINDS; i++)
        ui_label_fitting(ui, ui_column(row, i, PROGRAM_KINDS, UI_GAP),
                         UI_RIGHT | UI_FIGURES | flags, (const char *[]){values[i], "\u2026"}, 2);
}

static void show_counts(const struct programs_stage *stage, struct ui *ui, struct ui_rect row)
{
    char texts[PROGRAM_KINDS][24];
    const char *values[PROGRAM_KINDS];
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        snprintf(texts[i], sizeof texts[i], stage->lines[i] > 0 ? "%d" : "\u2013", stage->lines[i]);
        values[i] = texts[i];
    }
    show_row(ui, row, _("lines that say something"), values, 0);
}

static void show_seconds(const struct programs_stage *stage, struct ui *ui, struct ui_rect row)
{
    char text[48];
    const char *none = _("not measured");
    snprintf(text, sizeof text, "%s s", ui_fixed(stage->seconds, 2).text);
    const char *const values[] = {none, isnan(stage->seconds) ? none : text, none, none};
    show_row(ui, row, _("an epoch, on this computer"), values, 0);
}

static void show_table(const struct programs_stage *stage, struct ui *ui, struct ui_rect rect)
{
    static const char *const needs[] = {N_("numpy"), N_("this project"), N_("torch"),
                                        N_("keras + a backend")};
    static const char *const own[] = {N_("write it"), N_("a file in C"), N_("a class"),
                                      N_("a class")};
    const char *heads[PROGRAM_KINDS], *needed[PROGRAM_KINDS], *changed[PROGRAM_KINDS];
    for (int i = 0; i < PROGRAM_KINDS; i++) {
        heads[i] = program_title((enum program_kind)i);
        needed[i] = _(needs[i]);
        changed[i] = _(own[i]);
    }
    show_row(ui, ui_cut_top(&rect, ROW), "", heads, UI_QUIET);
    show_counts(stage, ui, ui_cut_top(&rect, ROW));
    show_row(ui, ui_cut_top(&rect, ROW), _("to be installed"), needed, 0);
    show_row(ui, ui_cut_top(&rect, ROW), _("a layer of your own"), changed, 0);
    show_seconds(stage, ui, ui_cut_top(&rect, ROW));
}

/* What came of the buttons; "" while there is nothing to say. */
static void find_news(const struct programs_stage *stage, char *text, size_t room)
{
    text[0] = 0;
    if (stage->trouble.text[0])
        snprintf(text, room, "%s", stage->trouble.text);
    else if (stage->saved > 0)
        snprintf(text, room, _("Saved %s."), stage->folder);
}

void programs_picture_show(const struct stage *base, struct learn_asks *asks, struct ui *ui,
                           struct ui_rect rect)
{
    const struct programs_stage *stage = (const struct programs_stage *)base;
    char news[sizeof stage->trouble.text + sizeof stage->folder];
    find_news(stage, news, sizeof news);
    if (news[0])
        ui_label_fitting(ui, ui_cut_bottom(&rect, ROW), 0, (const char *[]){news, "\u2026"}, 2);
    struct ui_rect table = ui_cut_bottom(&rect, ROWS * ROW);
    ui_cut_bottom(&rect, UI_GAP);
    show_cards(stage, asks, ui, rect);
    show_table(stage, ui, table);
}
