/* SPDX-License-Identifier: MIT */
/* Lines of text: measured, cut with an ellipsis, broken into lines, put side by side. */
#include "ui/inside.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define ELLIPSIS "\u2026"

enum { KEYCAP_PAD = 7, KEYCAP_HEIGHT = 20 };

/* ---- styles ---- */

static ui_color color_of(const struct ui_theme *theme, unsigned flags)
{
    if (flags & UI_OFF)
        return theme->off;
    if (flags & UI_ACCENT)
        return theme->accent;
    if (flags & UI_SECOND)
        return theme->second;
    if (flags & UI_GOOD)
        return theme->good;
    return flags & UI_QUIET ? theme->quiet : theme->text;
}

struct ui_style ui_style_of(const struct ui *ui, unsigned flags, float height)
{
    struct ui_style style = {.size = 14, .color = color_of(ui->theme, flags)};
    style.font = flags & UI_MONO ? UI_FONT_MONO : flags & UI_BOLD ? UI_FONT_BOLD : UI_FONT_TEXT;
    style.figures = flags & UI_FIGURES;
    if (flags & (UI_LITTLE | UI_KEYCAP))
        style.size = 12;
    if (flags & UI_BIG)
        style.size = 24;
    if (flags & UI_HUGE)
        style.size = fmaxf(1, floorf(height * 0.8f));
    return style;
}

float ui_style_height(const struct ui *ui, const struct ui_style *style)
{
    return ui->metrics.height(ui->metrics.user, style->font, style->size);
}

static float measure(const struct ui *ui, const struct ui_style *style, const char *text,
                     size_t len)
{
    return len ? ui->metrics.width(ui->metrics.user, style->font, style->size, text, len) : 0;
}

/* The width of the widest digit, which every digit gets. */
static float figure_width(const struct ui *ui, const struct ui_style *style)
{
    float widest = 0;
    for (char c = '0'; c <= '9'; c++)
        widest = fmaxf(widest, measure(ui, style, &c, 1));
    return ceilf(widest);
}

/* The length of the run at the start of text that is one digit, or has none. */
static size_t run_length(const char *text, size_t len)
{
    size_t n = 0;
    if (len && isdigit((unsigned char)text[0]))
        return 1;
    while (n < len && !isdigit((unsigned char)text[n]))
        n++;
    return n;
}

/* Draws (if `draw`) and measures text whose digits are all of one width. */
static float run_figures(struct ui *ui, float x, float y, const struct ui_style *style,
                         const char *text, size_t len, bool draw)
{
    struct ui_style plain = *style;
    plain.figures = false;
    float figure = figure_width(ui, &plain), begin = x;
    while (len > 0) {
        size_t n = run_length(text, len);
        bool digit = isdigit((unsigned char)text[0]);
        float w = measure(ui, &plain, text, n), room = digit ? figure : w;
        if (draw)
            ui_draw_run(ui, x + (room - w) / 2, y, &plain, text, n);
        x += room;
        text += n;
        len -= n;
    }
    return x - begin;
}

float ui_style_width(const struct ui *ui, const struct ui_style *style, const char *text,
                     size_t len)
{
    if (style->figures) /* nothing is drawn, so nothing changes */
        return run_figures((struct ui *)ui, 0, 0, style, text, len, false);
    return measure(ui, style, text, len);
}

void ui_draw_run(struct ui *ui, float x, float y, const struct ui_style *style, const char *text,
                 size_t len)
{
    if (style->figures) {
        run_figures(ui, x, y, style, text, len, true);
        return;
    }
    struct ui_rect rect = {x, y, measure(ui, style, text, len), ui_style_height(ui, style)};
    ui_push_text(ui_shapes(ui), rect, style->font, style->size, style->color, text, len);
}

/* ---- one line ---- */

void ui_note_cut(struct ui *ui, const char *text)
{
    if (!ui->cut_next[0])
        snprintf(ui->cut_next, sizeof ui->cut_next, "%s", text);
}

/* How many bytes of text fit into `width`, a whole number of characters. */
static size_t fit_bytes(const struct ui *ui, const struct ui_style *style, const char *text,
                        size_t len, float width)
{
    size_t lo = 0, hi = len; /* lo fits; whatever is above hi does not */
    while (lo < hi) {
        size_t mid = lo + (hi - lo + 1) / 2;
        mid = text_next(text, hi, mid - 1);
        if (ui_style_width(ui, style, text, mid) <= width)
            lo = mid;
        else
            hi = text_before(text, mid);
    }
    return lo;
}

/* As much of text as fits with an ellipsis behind it. */
static float draw_cut(struct ui *ui, float x, float y, float width, const struct ui_style *style,
                      const char *text, size_t len)
{
    size_t dots = strlen(ELLIPSIS);
    ui_note_cut(ui, text);
    float dots_width = ui_style_width(ui, style, ELLIPSIS, dots);
    if (dots_width > width)
        return 0;
    len = fit_bytes(ui, style, text, len, width - dots_width);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    float w = ui_style_width(ui, style, text, len);
    ui_draw_run(ui, x, y, style, text, len);
    ui_draw_run(ui, x + w, y, style, ELLIPSIS, dots);
    return w + dots_width;
}

float ui_draw_fitted(struct ui *ui, float x, float y, float width, const struct ui_style *style,
                     const char *text)
{
    size_t len = strlen(text);
    float whole = ui_style_width(ui, style, text, len);
    if (whole > width)
        return draw_cut(ui, x, y, width, style, text, len);
    ui_draw_run(ui, x, y, style, text, len);
    return whole;
}

/* Where something of height h begins in rect. */
static float middle_y(struct ui_rect rect, float h, unsigned flags)
{
    return flags & UI_TOP ? rect.y : rect.y + floorf((rect.h - h) / 2);
}

static float align_x(struct ui_rect rect, float w, unsigned flags)
{
    float rest = fmaxf(0, rect.w - w);
    return rect.x + (flags & UI_CENTER ? floorf(rest / 2) : flags & UI_RIGHT ? rest : 0);
}

float ui_label(struct ui *ui, struct ui_rect rect, unsigned flags, const char *text)
{
    struct ui_style style = ui_style_of(ui, flags, rect.h);
    float w = ui_style_width(ui, &style, text, strlen(text));
    float y = middle_y(rect, ui_style_height(ui, &style), flags);
    return ui_draw_fitted(ui, align_x(rect, w, flags), y, rect.w, &style, text);
}

float ui_label_width(struct ui *ui, unsigned flags, const char *text)
{
    struct ui_style style = ui_style_of(ui, flags, 14);
    return ui_style_width(ui, &style, text, strlen(text));
}

/* The next size below that of the flags. */
static unsigned make_smaller(unsigned flags)
{
    return flags & UI_BIG ? flags & ~(unsigned)UI_BIG : flags | UI_LITTLE;
}

float ui_label_fitting(struct ui *ui, struct ui_rect rect, unsigned flags,
                       const char *const *texts, int count)
{
    const unsigned sizes[2] = {flags, make_smaller(flags)};
    int tries = flags & UI_SHRINK ? 2 : 1;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < tries; k++)
            if (ui_label_width(ui, sizes[k], texts[i]) <= rect.w)
                return ui_label(ui, rect, sizes[k], texts[i]);
    return flags & UI_SHRINK ? 0 : ui_label(ui, rect, flags, texts[count - 1]);
}

/* ---- parts ---- */

static float part_width(struct ui *ui, const struct ui_part *part)
{
    float w = ui_label_width(ui, part->flags, part->text);
    return part->flags & UI_KEYCAP ? w + 2 * KEYCAP_PAD : w;
}

float ui_parts_width(struct ui *ui, const struct ui_part *parts, int count)
{
    float w = 0;
    for (int i = 0; i < count; i++)
        w += part_width(ui, &parts[i]);
    return w;
}

static float draw_part(struct ui *ui, struct ui_rect rect, const struct ui_part *part)
{
    const struct ui_theme *theme = ui->theme;
    float w = part_width(ui, part);
    if (!(part->flags & UI_KEYCAP))
        return ui_label(ui, rect, part->flags, part->text);
    if (w > rect.w) {
        ui_note_cut(ui, part->text);
        return 0;
    }
    struct ui_rect cap = {rect.x, middle_y(rect, KEYCAP_HEIGHT, part->flags), w, KEYCAP_HEIGHT};
    struct ui_rect foot = {cap.x, cap.y + 1, cap.w, cap.h};
    ui_push_box(ui_shapes(ui), foot, 5, theme->field_edge, 0, 0); /* a key has some height */
    ui_push_box(ui_shapes(ui), cap, 5, theme->field, theme->field_edge, 1);
    ui_label(ui, cap, part->flags | UI_CENTER, part->text);
    return w;
}

float ui_parts(struct ui *ui, struct ui_rect rect, unsigned flags, const struct ui_part *parts,
               int count)
{
    float whole = ui_parts_width(ui, parts, count), x = align_x(rect, whole, flags), begin = x;
    for (int i = 0; i < count; i++) {
        struct ui_part part = {parts[i].text, parts[i].flags | (flags & (UI_OFF | UI_TOP))};
        struct ui_rect left = {x, rect.y, fmaxf(0, rect.x + rect.w - x), rect.h};
        x += draw_part(ui, left, &part);
        if (part_width(ui, &part) > left.w) {
            ui_note_cut(ui, part.text);
            break;
        }
    }
    return x - begin;
}

/* ---- several lines ---- */

size_t ui_next_line(struct ui *ui, const struct ui_style *style, float width, const char *text,
                    size_t *used)
{
    size_t whole = strcspn(text, "\n");
    size_t fits = fit_bytes(ui, style, text, whole, width);
    if (fits == whole) {
        *used = whole + (text[whole] == '\n');
        return whole;
    }
    size_t end = fits;
    while (end > 0 && text[end] != ' ')
        end--;
    if (end == 0) /* a word longer than the line is broken */
        end = fits ? fits : text_next(text, whole, 0);
    *used = end;
    while (text[*used] == ' ')
        ++*used;
    return end;
}

static float line_height(const struct ui *ui, const struct ui_style *style)
{
    return fmaxf(ceilf(style->size * 1.55f), ceilf(ui_style_height(ui, style)));
}

float ui_wrapped(struct ui *ui, struct ui_rect rect, unsigned flags, const char *text)
{
    struct ui_style style = ui_style_of(ui, flags, 14);
    float h = line_height(ui, &style), y = rect.y;
    float lead = floorf((h - ui_style_height(ui, &style)) / 2);
    while (*text && y + h <= rect.y + rect.h + 0.5f) {
        size_t used, len = ui_next_line(ui, &style, rect.w, text, &used);
        float w = ui_style_width(ui, &style, text, len);
        float x = align_x(rect, w, flags);
        bool last = y + 2 * h > rect.y + rect.h + 0.5f;
        if (last && text[used])
            draw_cut(ui, rect.x, y + lead, rect.w, &style, text, strcspn(text, "\n"));
        else if (w <= rect.w)
            ui_draw_run(ui, x, y + lead, &style, text, len);
        text += used;
        y += h;
    }
    if (*text)
        ui_note_cut(ui, text);
    return y - rect.y;
}

float ui_wrapped_height(struct ui *ui, float width, unsigned flags, const char *text)
{
    struct ui_style style = ui_style_of(ui, flags, 14);
    float h = line_height(ui, &style), sum = 0;
    while (*text) {
        size_t used;
        ui_next_line(ui, &style, width, text, &used);
        text += used;
        sum += h;
    }
    return sum;
}

/* ---- headings ---- */

/* Letter by letter, since fonts know no spacing. */
bool ui_draw_heading(struct ui_shapes *shapes, const struct ui_metrics *metrics, ui_color color,
                     struct ui_rect rect, const char *text)
{
    const float size = 12, space = 0.8f;
    struct ui_rect at = rect;
    at.h = metrics->height(metrics->user, UI_FONT_TEXT, size);
    size_t len = strlen(text);
    for (size_t begin = 0, next; begin < len; begin = next) {
        next = text_next(text, len, begin);
        char letter[8] = {0};
        size_t n = next - begin < 7 ? next - begin : 7;
        memcpy(letter, text + begin, n);
        letter[0] = (char)toupper((unsigned char)letter[0]);
        at.w = metrics->width(metrics->user, UI_FONT_TEXT, size, letter, n);
        if (at.x + at.w > rect.x + rect.w)
            return false;
        ui_push_text(shapes, at, UI_FONT_TEXT, size, color, letter, n);
        at.x += at.w + space;
    }
    return true;
}

void ui_heading(struct ui *ui, struct ui_rect rect, const char *text)
{
    if (!ui_draw_heading(ui_shapes(ui), &ui->metrics, ui->theme->quiet, rect, text))
        ui_note_cut(ui, text);
}
