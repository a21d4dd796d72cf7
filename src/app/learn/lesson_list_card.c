/* SPDX-License-Identifier: MIT */
#include "app/learn/lesson_list_card.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/state/lessons.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/ui.h"

enum { ROW = 36, TICK = 20, NUMBER = 26, PAD = 10, TITLE_MAX = 120 };

/* ---- a row a lesson -------------------------------------------------------------------------- */

static void show_row(const struct lessons *lessons, int i, struct ui *ui, struct ui_rect rect,
                     struct actions *actions)
{
    const struct lesson *lesson = lessons->list.lessons[i];
    char name[LESSON_NAME_MAX + 16], number[16];
    bool open = lessons->lesson == i;
    snprintf(name, sizeof name, "lesson-%s", lesson->name);
    snprintf(number, sizeof number, "%d", lesson->number);
    if (ui_button(ui, name, rect, "", UI_BARE | UI_TOGGLE | (open ? UI_ON : 0)))
        action_add_text(actions, ACT_LESSON, lesson->name);
    ui_tip(ui, lesson->title);
    struct ui_rect rest = ui_inset_xy(rect, PAD, 0);
    struct ui_rect tick = ui_cut_right(&rest, TICK);
    ui_label(ui, ui_cut_left(&rest, NUMBER), UI_BOLD | UI_FIGURES, number);
    ui_label(ui, rest, 0, lesson->title);
    if (lessons_lesson_done(lessons, i))
        ui_label(ui, tick, UI_GOOD | UI_RIGHT, "\u2713");
}

/* ---- what the user's own files say ----------------------------------------------------------- */

static void show_troubles(const struct lesson_list *list, struct ui *ui, struct ui_rect *rest)
{
    for (int i = 0; i < list->trouble_count; i++) {
        const char *text = list->troubles[i].text;
        float height = ui_wrapped_height(ui, rest->w, UI_LITTLE | UI_SECOND, text);
        ui_cut_top(rest, UI_GAP);
        ui_wrapped(ui, ui_cut_top(rest, height), UI_LITTLE | UI_SECOND, text);
    }
}

static float troubles_height(const struct lesson_list *list, struct ui *ui, float width)
{
    float height = 0;
    for (int i = 0; i < list->trouble_count; i++)
        height += UI_GAP + ui_wrapped_height(ui, width, UI_LITTLE, list->troubles[i].text);
    return height;
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void show_foot(const struct lessons *lessons, struct ui *ui, struct ui_rect rect,
                      struct actions *actions)
{
    const struct action_button forget = {
        "lessons-forget", {.kind = ACT_LESSONS_FORGET}, .flags = UI_LITTLE};
    char text[TITLE_MAX];
    snprintf(text, sizeof text, _("%d of %d done"), lessons_done_count(lessons),
             lessons->list.count);
    if (lessons->progress.count > 0)
        action_button_show(
            &forget, ui,
            ui_middle(ui_cut_right(&rect, action_button_width(&forget, ui)), rect.w, UI_LINE + 2),
            actions);
    ui_label(ui, rect, UI_QUIET | UI_FIGURES, text);
}

void lesson_list_card_show(const struct lessons *lessons, float *scroll, struct ui *ui,
                           struct ui_rect rect, struct actions *actions)
{
    const struct lesson_list *list = &lessons->list;
    struct ui_rect inside = ui_card(ui, rect, _("Lessons"));
    struct ui_rect foot = ui_cut_bottom(&inside, UI_ROW);
    ui_cut_bottom(&inside, UI_GAP);
    float content = (float)list->count * ROW + troubles_height(list, ui, inside.w);
    struct ui_rect page = ui_scroll_begin(ui, "lesson-list", inside, content, scroll);
    ui_group_begin(ui, "lessons");
    for (int i = 0; i < list->count; i++)
        show_row(lessons, i, ui, ui_cut_top(&page, ROW), actions);
    ui_group_end(ui);
    show_troubles(list, ui, &page);
    ui_scroll_end(ui);
    show_foot(lessons, ui, foot, actions);
}

void lesson_list_menu_show(const struct lessons *lessons, struct ui *ui, struct ui_rect rect,
                           struct actions *actions)
{
    char texts[LESSON_LIST_MAX][TITLE_MAX];
    const char *items[LESSON_LIST_MAX];
    int chosen = lessons->lesson;
    for (int i = 0; i < lessons->list.count; i++) {
        const struct lesson *lesson = lessons->list.lessons[i];
        snprintf(texts[i], TITLE_MAX, "%d  %s%s", lesson->number, lesson->title,
                 lessons_lesson_done(lessons, i) ? "  \u2713" : "");
        items[i] = texts[i];
    }
    if (ui_select(ui, "lessons", rect, _("Lesson"), items, lessons->list.count, &chosen, 0))
        action_add_text(actions, ACT_LESSON, lessons->list.lessons[chosen]->name);
}
