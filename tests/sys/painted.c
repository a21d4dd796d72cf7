/* SPDX-License-Identifier: MIT */
#include "painted.h"

#include <check.h>
#include <string.h>

#include "base/err.h"

static struct err err;
struct fonts *fonts;
struct painter *painter;
struct ui_shapes shapes;
uint32_t pixels[WIDTH * HEIGHT];

void make_painter(void)
{
    fonts = fonts_new(&err);
    ck_assert_msg(fonts != NULL, "%s", err.text);
    painter = painter_new(fonts, &err);
    ck_assert_ptr_nonnull(painter);
    ui_shapes_reset(&shapes);
}

void remove_painter(void)
{
    painter_free(painter);
    fonts_free(fonts);
    ui_shapes_free(&shapes);
}

struct paint_target target_of(uint32_t *to)
{
    return (struct paint_target){to, WIDTH, HEIGHT, WIDTH};
}

void paint(float scale)
{
    struct paint_target target = target_of(pixels);
    paint_all(painter, &target, &shapes, scale, black);
}

int red_at(int x, int y)
{
    return (int)(pixels[y * WIDTH + x] >> 16 & 255);
}

double sum_red(struct paint_rect part)
{
    double sum = 0;
    for (int y = part.y; y < part.y + part.h; y++)
        for (int x = part.x; x < part.x + part.w; x++)
            sum += red_at(x, y) / 255.0;
    return sum;
}

struct ui_rect rect(float x, float y, float w, float h)
{
    return (struct ui_rect){x, y, w, h};
}

float push_text(float x, float y, enum ui_font font, float size, const char *text)
{
    float width = fonts_width(fonts, font, size, text, strlen(text));
    ui_push_text(&shapes, rect(x, y, width, fonts_height(fonts, font, size)), font, size, white,
                 text, strlen(text));
    return width;
}
