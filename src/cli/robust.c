/* SPDX-License-Identifier: MIT */
#include "cli/robust.h"

#include <math.h>
#include <stdio.h>

#include "base/language.h"
#include "eval/disturb.h"

void robust_print(const struct disturb_result *result)
{
    printf(_("%-14s %9s %9s %9s\n"), _("disturbed"), _("a little"), _("more"), _("much"));
    for (int kind = 0; kind < DISTURB_KINDS; kind++) {
        enum disturb_kind what = (enum disturb_kind)kind;
        printf("%-14s", _(disturb_name(what)));
        for (int i = 0; i < DISTURB_STRENGTHS; i++)
            printf(" %7.2f %%", 100 * result->figures[kind][i].accuracy);
        printf("   %g, %g, %g %s\n", (double)disturb_amount(what, 0),
               (double)disturb_amount(what, 1), (double)disturb_amount(what, 2),
               _(disturb_unit(what)));
    }
}

static json_t *kind_json(const struct disturb_result *result, enum disturb_kind kind)
{
    json_t *amounts = json_array(), *accuracy = json_array(), *correct = json_array();
    for (int i = 0; i < DISTURB_STRENGTHS; i++) {
        const struct evaluation *figures = &result->figures[kind][i];
        double amount = (double)disturb_amount(kind, i);
        json_array_append_new(amounts,
                              json_real(round(1e6 * amount) / 1e6)); /* 1.15, not the float */
        json_array_append_new(accuracy, json_real(figures->accuracy));
        json_array_append_new(correct, json_integer((json_int_t)figures->correct));
    }
    return json_pack("{s:s,s:s,s:o,s:o,s:o}", "disturbance", disturb_name(kind), "unit",
                     disturb_unit(kind), "amounts", amounts, "accuracy", accuracy, "correct",
                     correct);
}

json_t *robust_json(const struct disturb_result *result)
{
    json_t *list = json_array();
    for (int kind = 0; kind < DISTURB_KINDS; kind++)
        json_array_append_new(list, kind_json(result, (enum disturb_kind)kind));
    return list;
}
