/* SPDX-License-Identifier: MIT */
#include "app/inspect/drawing_part.h"

#include <math.h>

#include "app/inspect/alike_card.h"
#include "app/inspect/change_card.h"
#include "app/inspect/compare_card.h"
#include "app/inspect/curves_card.h"
#include "app/inspect/ink_card.h"
#include "app/inspect/inspect_shown.h"
#include "app/inspect/verdict_card.h"
#include "app/widget/action_button.h"
#include "base/language.h"
#include "ui/ui.h"

enum {
    BESIDE_WIDTH = 410,
    BESIDE_LEAST = 434, /* in one column, for the longest of the texts */
};

void drawing_part_clear(struct drawing_part *part)
{
    network_view_clear(&part->network);
    neuron_view_clear(&part->neuron);
    pixels_clear(&part->beside);
}

/* What stands beside the network. */
static void show_kinds(enum explaining_kind kind, struct ui *ui, struct ui_rect rect,
                       struct actions *actions)
{
    static const struct action_part parts[] = {
        [EXPLAINING_NEURON] = {"why-neuron", ACT_SHOW_NEURON},
        [EXPLAINING_INK] = {"why-ink", ACT_SHOW_INK},
        [EXPLAINING_CHANGE] = {"why-change", ACT_SHOW_CHANGE},
        [EXPLAINING_CURVES] = {"why-curves", ACT_SHOW_CURVES},
        [EXPLAINING_ALIKE] = {"why-alike", ACT_SHOW_ALIKE},
        [EXPLAINING_OTHER] = {"why-compare", ACT_SHOW_OTHER},
    };
    enum { COUNT = sizeof parts / sizeof *parts };
    action_parts_show("inspect-why", parts, COUNT, (int)kind, UI_LITTLE, ui, rect, actions);
}

static void show_beside(struct drawing_part *part, const struct inspect_shown *shown, struct ui *ui,
                        struct ui_rect rect, struct actions *actions)
{
    struct pixels *pixels = &part->beside;
    if (!shown->activations->net)
        return;
    if (shown->explain == EXPLAINING_NEURON)
        part->network.choice.by_hand |= neuron_card_show(&part->neuron, shown, ui, rect, actions);
    else if (shown->explain == EXPLAINING_OTHER)
        compare_card_show(shown, ui, rect, actions);
    else if (!shown->answer->any)
        ui_wrapped(ui, ui_card(ui, rect, _("Why")), UI_QUIET,
                   _("Draw a digit, or choose an image, and see why it is read as it is."));
    else if (shown->explain == EXPLAINING_INK)
        ink_card_show(pixels, shown, ui, rect, actions);
    else if (shown->explain == EXPLAINING_CHANGE)
        change_card_show(pixels, shown, ui, rect, actions);
    else if (shown->explain == EXPLAINING_ALIKE)
        alike_card_show(pixels, shown, ui, rect, actions);
    else
        curves_card_show(shown, ui, rect);
}

/* The network at the left, the rest beside it, with the choice in the row above; or all in one
 * column. What does not fit scrolls. */
void drawing_part_show(struct drawing_part *part, const struct inspect_shown *shown, struct ui *ui,
                       struct ui_rect rect, struct ui_rect above, struct actions *actions)
{
    bool column = rect.w < INSPECT_COLUMN_BELOW;
    float network = network_card_height();
    float verdict = verdict_card_height();
    float own = neuron_card_height();
    float beside = (column ? fmaxf(own, BESIDE_LEAST) : own) + UI_BETWEEN + verdict;
    float choice = UI_ROW + UI_GAP + UI_STEP;
    float least = column ? network + choice + beside + UI_BETWEEN : fmaxf(network, beside);
    if (!column) /* first, as Tab goes from the top to the bottom */
        show_kinds(shown->explain, ui, ui_cut_right(&above, BESIDE_WIDTH), actions);
    struct ui_rect page = ui_scroll_begin(ui, "inspect-drawing", rect,
                                          fmaxf(rect.h, least + UI_BETWEEN), &part->scroll);
    struct ui_rect rest = ui_inset_xy(page, UI_BETWEEN, 0), right;
    ui_cut_bottom(&rest, UI_BETWEEN);
    if (column) {
        right = ui_cut_bottom(&rest, choice + beside);
        ui_cut_bottom(&rest, UI_BETWEEN);
    } else {
        right = ui_cut_right(&rest, BESIDE_WIDTH - (rect.w - page.w)); /* under its choice */
        ui_cut_right(&rest, UI_BETWEEN);
    }
    network_card_show(&part->network, &part->canvas, shown, ui, rest, actions);
    if (column)
        show_kinds(shown->explain, ui, ui_cut_top(&right, UI_ROW), actions);
    if (column)
        ui_cut_top(&right, UI_GAP + UI_STEP);
    verdict_card_show(shown, ui, ui_cut_bottom(&right, verdict));
    ui_cut_bottom(&right, UI_BETWEEN);
    show_beside(part, shown, ui, right, actions);
    ui_scroll_end(ui);
}
