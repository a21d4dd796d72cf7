/* SPDX-License-Identifier: MIT */
#include "app/learn/page_card.h"

#include <math.h>
#include <stdio.h>

#include "app/act/action.h"
#include "app/learn/learn_shown.h"
#include "app/learn/page_view.h"
#include "app/learn/lesson_list_card.h"
#include "app/learn/page_side.h"
#include "app/learn/pictures.h"
#include "app/stage/stage.h"
#include "app/state/lessons.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    SIDE_LEAST = 300, /* the width of the words beside the picture */
    SIDE_MOST = 460,
    BESIDE_FROM = 720, /* as wide must the page be for them to stand there */
    MENU_WIDTH = 240,
    CAPTION_GAP = 10,
    TEXT_MAX = 1024,
    ROOM = 100000, /* as much height as it needs: how much that is, is what is asked */
};

/* ---- the head -------------------------------------------------------------------------------- */

/* "page 2 of 4", and what turns them. Returns what is left of the row. */
static struct ui_rect show_turning(const struct lessons *lessons, struct ui *ui, struct ui_rect row,
                                   struct actions *actions)
{
    const struct action_button buttons[] = {
        {"page-before", {.kind = ACT_PAGE_BEFORE}, "\u2039", .flags = UI_LITTLE},
        {"page-next", {.kind = ACT_PAGE_NEXT}, "\u203a", .flags = UI_LITTLE},
        {"page-present", {.kind = ACT_PRESENT}, .flags = UI_LITTLE},
    };
    char text[64];
    const struct lesson *lesson = lessons_open_lesson(lessons);
    for (int i = 2; i >= 0; i--) {
        float width = fmaxf(action_button_width(&buttons[i], ui), UI_ROW);
        action_button_show(&buttons[i], ui, ui_cut_right(&row, width), actions);
        ui_cut_right(&row, UI_GAP);
    }
    snprintf(text, sizeof text, _("page %d of %d"), lessons->page + 1, lesson->page_count);
    float width = ui_label_width(ui, UI_LITTLE | UI_QUIET | UI_FIGURES, text);
    ui_label(ui, ui_cut_right(&row, width), UI_LITTLE | UI_QUIET | UI_FIGURES, text);
    ui_cut_right(&row, UI_GAP);
    return row;
}

static void show_head(const struct learn_shown *shown, bool with_menu, struct ui *ui,
                      struct ui_rect row, struct actions *actions)
{
    const struct lesson *lesson = lessons_open_lesson(shown->lessons);
    char text[200];
    row = show_turning(shown->lessons, ui, row, actions);
    if (with_menu) {
        lesson_list_menu_show(shown->lessons, ui, ui_cut_left(&row, fminf(MENU_WIDTH, row.w)),
                              actions);
        return;
    }
    snprintf(text, sizeof text, "%d \u00b7 %s", lesson->number, lesson->title);
    ui_heading(ui, row, text);
}

/* ---- the picture ----------------------------------------------------------------------------- */

/* Words under the picture. */
static void cut_below(struct ui *ui, struct ui_rect *rect, unsigned flags, const char *text)
{
    float height = ui_wrapped_height(ui, rect->w, flags, text);
    ui_wrapped(ui, ui_cut_bottom(rect, height), flags, text);
    ui_cut_bottom(rect, CAPTION_GAP);
}

static void show_picture(struct page_view *view, const struct learn_shown *shown,
                         const struct picture *picture, struct ui *ui, struct ui_rect rect)
{
    const struct lessons *lessons = shown->lessons;
    const char *caption = lessons_open_page(lessons)->caption;
    char text[TEXT_MAX];
    if (!lessons->stage) {
        ui_wrapped(ui, rect, UI_SECOND, lessons->trouble.text);
        return;
    }
    if (lessons->stage->kind->uses_data && shown->drawn)
        cut_below(ui, &rect, UI_LITTLE | UI_QUIET,
                  _("MNIST is not here: these are digits that the program draws itself."));
    if (caption)
        cut_below(ui, &rect, UI_QUIET,
                  lesson_fill(caption, lessons_figure, lessons, text, sizeof text));
    if (picture)
        picture->show(lessons->stage, &view->asks, ui, rect);
}

/* ---- the page -------------------------------------------------------------------------------- */

/* The picture at the left, and at the right the words, which scroll where they are long. */
static void show_beside(struct page_view *view, const struct learn_shown *shown,
                        const struct picture *picture, struct ui *ui, struct ui_rect rect,
                        struct actions *actions)
{
    float width = fminf(fmaxf(floorf(rect.w * 0.44f), SIDE_LEAST), SIDE_MOST);
    struct ui_rect side = ui_cut_right(&rect, width);
    ui_cut_right(&rect, UI_BETWEEN);
    show_picture(view, shown, picture, ui, rect); /* first, as Tab comes there first */
    float height = fmaxf(side.h, view->side_height);
    struct ui_rect page = ui_scroll_begin(ui, "page-words", side, height, &view->side_scroll);
    float used = page_side_show(view, shown, ui, page, actions);
    ui_scroll_end(ui);
    if (used != view->side_height)
        ui_again(ui);
    view->side_height = used;
}

static float height_of(const struct picture *picture, const struct stage *stage, float width)
{
    if (!picture)
        return UI_ROW;
    return picture->height && stage ? picture->height(stage, width) : picture->least;
}

/* All in one column that scrolls: the words, what can be set, the picture, and the tasks. */
static void show_below(struct page_view *view, const struct learn_shown *shown,
                       const struct picture *picture, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    float height = fmaxf(rect.h, view->page_height);
    struct ui_rect page = ui_scroll_begin(ui, "page", rect, height, &view->page_scroll);
    float top = page.y;
    page.h = ROOM;
    page_side_cut_text(shown, ui, &page);
    show_picture(view, shown, picture, ui,
                 ui_cut_top(&page, height_of(picture, shown->lessons->stage, page.w)));
    ui_cut_top(&page, UI_BETWEEN);
    page_side_cut_controls(view, shown, ui, &page);
    page_side_cut_tasks(view, shown, ui, &page, actions);
    float used = page.y - top;
    ui_scroll_end(ui);
    if (used != view->page_height)
        ui_again(ui);
    view->page_height = used;
}

void page_card_show(struct page_view *view, const struct learn_shown *shown, bool with_menu,
                    struct ui *ui, struct ui_rect rect, struct actions *actions)
{
    const struct lesson_page *page = lessons_open_page(shown->lessons);
    struct ui_rect inside = ui_card(ui, rect, NULL);
    if (!page) {
        ui_wrapped(ui, inside, UI_QUIET, _("There are no lessons."));
        return;
    }
    const struct picture *picture = picture_find(page->stage);
    show_head(shown, with_menu, ui, ui_cut_top(&inside, UI_ROW), actions);
    ui_cut_top(&inside, UI_GAP);
    bool fits = !picture || (!picture->whole && inside.h >= picture->least);
    if (inside.w >= BESIDE_FROM && fits)
        show_beside(view, shown, picture, ui, inside, actions);
    else
        show_below(view, shown, picture, ui, inside, actions);
}
