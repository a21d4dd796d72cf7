/* SPDX-License-Identifier: MIT */
/* Fields of numbers within limits: text fields that the arrows and the wheel change, too. */
#include "ui/inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/language.h"
#include "ui/format.h"

/* With a plain minus sign, so that it can be edited. */
static void write_number(char *out, size_t room, double value, int digits)
{
    if (digits < 0)
        snprintf(out, room, "%s", ui_plain(value).text);
    else
        snprintf(out, room, "%.*f", digits, value);
}

/* Takes a comma for the point, and the true minus sign. */
static bool read_number(const char *text, double *value)
{
    char plain[64], *end;
    size_t n = 0;
    for (; *text && n + 1 < sizeof plain; text++) {
        if (strncmp(text, "\u2212", 3) == 0) {
            plain[n++] = '-';
            text += 2;
        } else if (*text != ' ') {
            plain[n++] = *text == ',' ? '.' : *text;
        }
    }
    plain[n] = 0;
    double read = strtod(plain, &end);
    if (n == 0 || *end || !isfinite(read))
        return false;
    *value = read;
    return true;
}

static double put_within(double value, const struct ui_number *number)
{
    return fmin(fmax(value, number->min), number->max);
}

/* Takes what was entered, or as much of it as there can be: the caller can say what came of it. */
static void enter_number(struct ui *ui, const char *text, double *value,
                         const struct ui_number *number)
{
    double typed;
    bool read = read_number(text, &typed);
    if (read) {
        *value = put_within(typed, number);
        if (number->digits == 0)
            *value = put_within(round(*value), number);
    }
    ui->has_refused = !read || *value != typed;
    if (ui->has_refused)
        snprintf(ui->refused, sizeof ui->refused, "%s", text);
}

const char *ui_refused(const struct ui *ui)
{
    return ui->has_refused ? ui->refused : NULL;
}

/* The next of 1, 2, 5, 10, ... above (direction 1) or below (-1) a positive value. */
static double next_nice(double value, int direction)
{
    static const double nice[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(value) + 1e-9)), found = 0;
    for (int i = 0; i < 4 && direction > 0 && !found; i++)
        if (nice[i] * power > value * (1 + 1e-6))
            found = nice[i] * power;
    for (int i = 3; i >= 0 && direction < 0 && !found; i--)
        if (nice[i] * power < value * (1 - 1e-6))
            found = nice[i] * power;
    return found ? found : power / 2;
}

static double step_number(double value, const struct ui_number *number, int steps)
{
    for (int i = 0; i < abs(steps); i++) {
        int direction = steps > 0 ? 1 : -1;
        if (number->times && value > 0)
            value = next_nice(value, direction);
        else if (number->times)
            value = direction > 0 ? fmax(number->min, 1e-6) : number->min;
        else
            value += direction * number->step;
    }
    return put_within(value, number);
}

/* Steps asked for by arrow keys and the wheel. Without the focus the wheel is for what scrolls
 * under the field, or a form would change while one looks through it. */
static int read_steps(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect)
{
    int steps = 0;
    struct ui_key *key;
    for (int i = 0; ui_hears(ui, touch) && (key = ui_next_key(ui, &i));) {
        if (key->mods || (key->key != UI_KEY_UP && key->key != UI_KEY_DOWN))
            continue;
        steps += key->key == UI_KEY_UP ? 1 : -1;
        ui_use_key(ui, key);
    }
    float lines = touch->focus ? clamp_float(ui_take_wheel(ui, rect), -100, 100) : 0;
    return steps + (lines > 0 ? (int)ceilf(lines) : (int)floorf(lines));
}

/* What stands in the field: what is being typed, or the value. */
static void number_text(const struct ui *ui, uint64_t id, double value,
                        const struct ui_number *number, char *text, size_t room)
{
    if (ui->edit.id == id)
        snprintf(text, room, "%s", ui->edit.number);
    else if (ui->left.id == id)
        snprintf(text, room, "%s", ui->left.number);
    else
        write_number(text, room, value, number->digits);
}

bool ui_number(struct ui *ui, const char *name, struct ui_rect rect, double *value,
               const struct ui_number *number, unsigned flags)
{
    struct ui_touch touch = ui_enter(ui, name, rect, UI_ROLE_NUMBER, number->label, flags);
    double before = *value, typed;
    char text[sizeof ui->edit.number];
    ui->has_refused = false;
    number_text(ui, touch.id, *value, number, text, sizeof text);
    int steps = flags & UI_OFF ? 0 : read_steps(ui, &touch, rect);
    if (steps) {
        double from = read_number(text, &typed) ? typed : *value;
        *value = step_number(from, number, steps);
        write_number(text, sizeof text, *value, number->digits);
    }
    struct ui_field field = {.label = number->label};
    if (touch.focus && !read_number(text, &typed))
        field.error = _("This is not a number.");
    unsigned events = ui_run_field(ui, &touch, rect, text, sizeof text, &field, flags);
    if (events & UI_FIELD_ENTERED) {
        enter_number(ui, text, value, number);
        write_number(text, sizeof text, *value, number->digits);
        ui_wake_at(ui, 0);
    }
    if (ui->edit.id == touch.id)
        snprintf(ui->edit.number, sizeof ui->edit.number, "%s", text);
    return *value != before;
}
