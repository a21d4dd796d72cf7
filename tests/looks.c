/* SPDX-License-Identifier: MIT */
#include "looks.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/err.h"
#include "base/files.h"

/* Halves, and never -0. */
static double even(float length)
{
    return floor(2 * (double)length + 0.5) / 2 + 0.0;
}

static void tell_points(struct buffer *out, const struct ui_shapes *shapes,
                        const struct ui_shape *shape)
{
    const float *points = shapes->points + shape->at;
    double sum_x = 0, sum_y = 0;
    for (uint32_t i = 0; i < shape->count; i++) {
        if (i < 4)
            buffer_print(out, " %g,%g", even(points[2 * i]), even(points[2 * i + 1]));
        sum_x += (double)points[2 * i];
        sum_y += (double)points[2 * i + 1];
    }
    if (shape->count > 4)
        buffer_print(out, " .. %u about %g,%g", shape->count, even((float)(sum_x / shape->count)),
                     even((float)(sum_y / shape->count)));
}

static void tell_image(struct buffer *out, const struct ui_image *image)
{
    uint64_t sums[4] = {0};
    for (int i = 0; i < image->rows * image->cols; i++)
        for (int k = 0; k < 4; k++)
            sums[k] += image->pixels[i] >> (24 - 8 * k) & 255;
    buffer_print(out, " %dx%d%s, in the mean", image->rows, image->cols,
                 image->smooth ? " smooth" : "");
    for (int k = 0; k < 4; k++)
        buffer_print(out, " %d", (int)(sums[k] / (uint64_t)(image->rows * image->cols)));
}

static void tell_shape(struct buffer *out, const struct ui_shapes *shapes, const struct ui_shape *s)
{
    static const char *const kinds[] = {"box", "text", "line", "polygon", "image", "clip"};
    buffer_print(out, "%s", kinds[s->kind]);
    if (s->kind != UI_SHAPE_LINE && s->kind != UI_SHAPE_POLYGON)
        buffer_print(out, " %g,%g %gx%g", even(s->rect.x), even(s->rect.y), even(s->rect.w),
                     even(s->rect.h));
    if (s->kind != UI_SHAPE_IMAGE && s->kind != UI_SHAPE_CLIP)
        buffer_print(out, " %08x", s->fill);
    if (s->kind == UI_SHAPE_BOX)
        buffer_print(out, " round %g edge %g %08x", even(s->radius), even(s->width), s->edge);
    if (s->kind == UI_SHAPE_LINE)
        buffer_print(out, " wide %g", even(s->width));
    if (s->kind == UI_SHAPE_LINE || s->kind == UI_SHAPE_POLYGON)
        tell_points(out, shapes, s);
    if (s->kind == UI_SHAPE_IMAGE)
        tell_image(out, &s->image);
    if (s->kind == UI_SHAPE_TEXT)
        buffer_print(out, " font %d size %g \"%s\"", s->font, even(s->size),
                     ui_shape_text(shapes, s));
    buffer_print(out, "\n");
}

static void tell_control(struct buffer *out, const struct ui_control *c)
{
    buffer_print(out, "control %s %g,%g %gx%g role %d%s%s%s%s \"%s\"", c->name, even(c->rect.x),
                 even(c->rect.y), even(c->rect.w), even(c->rect.h), c->role,
                 c->focus ? " focus" : "", c->off ? " off" : "", c->on ? " on" : "",
                 c->over ? " over" : "", c->label);
    buffer_print(out, c->tip[0] ? " tip \"%s\"\n" : "\n", c->tip);
}

static void keep(const char *path, const char *text)
{
    struct err err = {""};
    const struct files_part part = {text, strlen(text)};
    ck_assert_msg(files_write(path, &part, 1, &err), "%s", err.text);
}

/* The first line that is another. */
static void compare_lines(const char *file, const char *old, const char *new)
{
    for (int line = 1;; line++) {
        size_t had = strcspn(old, "\n"), has = strcspn(new, "\n");
        ck_assert_msg(had == has && memcmp(old, new, has) == 0,
                      "%s, line %d: it was\n  %.*s\nand is\n  %.*s\n(INKLING_LOOKS=keep)", file,
                      line, (int)had, old, (int)has, new);
        if (!old[had] || !new[has])
            break;
        old += had + 1;
        new += has + 1;
    }
}

static void leave_out(char *text, const char *name)
{
    size_t len = strlen(name);
    for (char *at; (at = strstr(text, name)) != NULL;) {
        *at = '~';
        memmove(at + 1, at + len, strlen(at + len) + 1);
    }
}

void looks_expect_text(const char *text, const char *name, const char *file)
{
    char path[FILES_PATH_MAX];
    struct err err = {""};
    const char *wish = getenv("INKLING_LOOKS");
    size_t size;
    char *new = strdup(text);
    ck_assert_ptr_nonnull(new);
    if (name)
        leave_out(new, name);
    if (files_here(path) && strlen(path) > 1)
        leave_out(new, path);
    snprintf(path, sizeof path, "%s/%s", getenv("INKLING_SOURCE"), file);
    if (wish && strcmp(wish, "keep") == 0)
        keep(path, new);
    char *old = (char *)files_read(path, 1 << 20, &size, &err);
    ck_assert_msg(old != NULL, "%s", err.text);
    compare_lines(file, old, new);
    free(old);
    free(new);
}

void looks_expect(const struct ui *ui, const struct ui_shapes *shapes, const char *name,
                  const char *file)
{
    struct buffer out = {0};
    for (size_t i = 0; i < shapes->count; i++)
        tell_shape(&out, shapes, &shapes->items[i]);
    for (int i = 0; ui && i < ui_control_count(ui); i++)
        tell_control(&out, ui_control(ui, i));
    char *text = buffer_take(&out, NULL);
    ck_assert_ptr_nonnull(text);
    looks_expect_text(text, name, file);
    free(text);
}
