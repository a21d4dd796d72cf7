/* SPDX-License-Identifier: MIT */
/* Paints the sketch of the Draw view into a PNG file, for people's eyes, and times the painter:
 *
 *     paint_demo OUT.png [SCALE [WIDTH HEIGHT]]
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "sys/font.h"
#include "sys/paint.h"
#include "sys/picture.h"

enum { SHAPES_MAX = 1024, TEXT_MAX = 1 << 14, POINTS_MAX = 1 << 14, REPEATS = 30 };

static struct ui_shape items[SHAPES_MAX];
static char text[TEXT_MAX];
static float points[POINTS_MAX];
static struct ui_shapes shapes = {.items = items, .text = text, .points = points};
static struct fonts *fonts;

static const ui_color quiet = 0x93a0b0ff, light = 0xe8edf3ff, accent = 0x56b4e9ff;

static struct ui_shape *add(enum ui_shape_kind kind, ui_color fill)
{
    struct ui_shape *shape = &items[shapes.count++];
    *shape = (struct ui_shape){.kind = kind, .fill = fill};
    return shape;
}

static void box(float x, float y, float w, float h, float radius, ui_color fill, ui_color edge)
{
    struct ui_shape *shape = add(UI_SHAPE_BOX, fill);
    shape->rect = (struct ui_rect){x, y, w, h};
    shape->radius = radius;
    shape->edge = edge;
    shape->width = edge ? 1 : 0;
}

/* y is the middle of the line. Returns where the text ends. */
static float write(float x, float y, enum ui_font font, float size, ui_color color, const char *s)
{
    struct ui_shape *shape = add(UI_SHAPE_TEXT, color);
    size_t len = strlen(s);
    float height = fonts_height(fonts, font, size);
    shape->rect =
        (struct ui_rect){x, y - height / 2, fonts_width(fonts, font, size, s, len), height};
    shape->font = font;
    shape->size = size;
    shape->at = (uint32_t)shapes.text_len;
    shape->count = (uint32_t)len;
    memcpy(text + shapes.text_len, s, len + 1);
    shapes.text_len += len + 1;
    return x + shape->rect.w;
}

static void write_right(float x, float y, enum ui_font font, ui_color color, const char *s)
{
    write(x - fonts_width(fonts, font, 14, s, strlen(s)), y, font, 14, color, s);
}

static void line(const float *xy, int count, float width, ui_color color)
{
    struct ui_shape *shape = add(UI_SHAPE_LINE, color);
    shape->at = (uint32_t)shapes.point_len;
    shape->count = (uint32_t)count;
    shape->width = width;
    memcpy(points + shapes.point_len, xy, 2 * (size_t)count * sizeof *xy);
    shapes.point_len += 2 * (size_t)count;
}

static void button(float x, float y, float w, const char *label)
{
    box(x, y, w, 35, 8, 0x1f2630ff, 0x303a46ff);
    float half = fonts_width(fonts, UI_FONT_TEXT, 14, label, strlen(label)) / 2;
    write(x + w / 2 - half, y + 17.5f, UI_FONT_TEXT, 14, light, label);
}

static void add_seven(float x, float y)
{
    float xy[2 * 60];
    for (int i = 0; i < 60; i++) {
        float t = (float)i / 59;
        xy[2 * i] = x + (t < 0.45f ? 120 + 460 * t : 327 - 260 * (t - 0.45f));
        xy[2 * i + 1] = y + (t < 0.45f ? 135 + 20 * sinf(7 * t) : 140 + 520 * (t - 0.45f));
    }
    line(xy, 60, 34, 0xffffffff);
}

static uint32_t digit[28 * 28], filters[16][49];

static void add_images(void)
{
    for (int i = 0; i < 28 * 28; i++) {
        float d = fabsf((float)(i / 28) + (float)(i % 28) - 27) - 2;
        digit[i] = (uint32_t)(255 * fminf(fmaxf(1 - d, 0), 1)) * 0x01010100u | 0xff;
    }
    struct ui_shape *shape = add(UI_SHAPE_IMAGE, 0);
    shape->rect = (struct ui_rect){546, 119, 210, 210};
    shape->image = (struct ui_image){28, 28, digit, false};
    for (int f = 0; f < 16; f++) {
        for (int i = 0; i < 49; i++)
            filters[f][i] = (uint32_t)(127 + 120 * sinf((float)(i * (f + 1)) * 0.3f)) << 16 |
                            (uint32_t)(127 - 100 * cosf((float)(i % 7 + f))) << 8 | 0xff;
        shape = add(UI_SHAPE_IMAGE, 0);
        shape->rect =
            (struct ui_rect){545 + 42 * (float)(f % 5), 467 + 42 * (float)(f / 5), 34, 34};
        shape->image = (struct ui_image){7, 7, filters[f], true};
    }
}

static void add_bars(float grow)
{
    static const float sure[10] = {0.001f, 0.004f, 0.019f, 0.006f, 0.001f,
                                   0.001f, 0.0f, 0.951f, 0.002f, 0.015f};
    for (int i = 0; i < 10; i++) {
        char label[16];
        float y = 228 + 37 * (float)i, part = fminf(sure[i] + grow, 1);
        snprintf(label, sizeof label, "%d", i);
        write(815, y, UI_FONT_BOLD, 14, i == 7 ? accent : quiet, label);
        box(841, y - 7, 332, 14, 4, 0x232b35ff, 0);
        box(841, y - 7, 332 * part, 14, 4, i == 7 ? accent : 0x4a5868ff, 0);
        snprintf(label, sizeof label, "%.1f %%", 100 * (double)part);
        write_right(1240, y, UI_FONT_TEXT, i == 7 ? light : quiet, label);
    }
}

static void add_curve(void)
{
    float xy[2 * 90];
    for (int i = 0; i < 90; i++) {
        xy[2 * i] = 22 + (float)i;
        xy[2 * i + 1] = 744 + 36 * expf(-(float)i / 12) + sinf((float)i * 1.7f) * 0.6f;
    }
    line(xy, 90, 2, 0xe69f00ff);
    line((float[]){1242, 755, 1246, 760, 1250, 755}, 3, 1.5f, light);
}

static void add_top_bar(void)
{
    box(0, 0, 1280, 52, 0, 0x12161cff, 0);
    box(0, 51, 1280, 1, 0, 0x232a33ff, 0);
    box(0, 728, 1280, 72, 0, 0x12161cff, 0);
    box(0, 728, 1280, 1, 0, 0x232a33ff, 0);
    float x = write(20, 26, UI_FONT_BOLD, 18, light, "ink");
    write(x, 26, UI_FONT_BOLD, 18, accent, "ling");
    write(125, 26, UI_FONT_TEXT, 14, light, "Draw");
    write(192, 26, UI_FONT_TEXT, 14, quiet, "Train");
    write(256, 26, UI_FONT_TEXT, 14, quiet, "Inspect");
    box(109, 50, 67, 2, 0, accent, 0);
    box(801, 9, 261, 33, 8, 0x151a21ff, 0x303a46ff);
    x = write(814, 26, UI_FONT_TEXT, 14, light, "Model ");
    x = write(x, 26, UI_FONT_BOLD, 14, light, "swift-cnn");
    write(x, 26, UI_FONT_TEXT, 14, quiet, " · 99.71 % · 46 kB ▾");
}

static void add_canvas(void)
{
    static const float cards[][4] = {
        {20, 72, 486, 636}, {526, 72, 250, 329}, {526, 421, 250, 287}, {796, 72, 464, 636}};
    for (int i = 0; i < 4; i++)
        box(cards[i][0], cards[i][1], cards[i][2], cards[i][3], 12, 0x151a21ff, 0x232a33ff);
    box(39, 91, 449, 448, 8, 0x000000ff, 0x303a46ff);
    for (int i = 1; i < 28; i++) {
        line((float[]){40 + 16 * (float)i, 92, 40 + 16 * (float)i, 538}, 2, 1, 0xffffff0e);
        line((float[]){40, 92 + 16 * (float)i, 487, 92 + 16 * (float)i}, 2, 1, 0xffffff0e);
    }
    add_seven(40, 92);
    button(39, 555, 66, "Undo");
    button(113, 555, 64, "Redo");
    button(185, 555, 67, "Erase");
    button(260, 555, 64, "Clear");
    box(397, 569, 90, 8, 4, 0x232b35ff, 0);
    box(397, 569, 41, 8, 4, accent, 0);
    box(430, 565, 16, 16, 8, light, 0);
    write(351, 573, UI_FONT_TEXT, 14, quiet, "Brush");
    write(39, 621, UI_FONT_TEXT, 14, quiet,
          "Draw with the mouse, a pen or a finger. Right button erases.");
    write(39, 648, UI_FONT_MONO, 13, light, "conv 16 5×5 relu · pool 2");
    write(39, 675, UI_FONT_TEXT, 14, quiet, "x₁ + x₂ → −2.0  µs  AVATAR Toy WAVE 1017 … ✓");
}

static void add_fit_and_answer(void)
{
    write(545, 98, UI_FONT_TEXT, 12, quiet, "W H A T  T H E  N E T W O R K  S E E S");
    box(545, 118, 212, 212, 6, 0x000000ff, 0x303a46ff);
    add_images();
    write(545, 351, UI_FONT_TEXT, 14, quiet, "20×20 box, centred by mass");
    write(545, 372, UI_FONT_TEXT, 14, quiet, "shift +1.4, −0.6 px");
    write(817, 143, UI_FONT_BOLD, 104, accent, "7");
    write(898, 120, UI_FONT_BOLD, 24, light, "95.1 % sure");
    write(898, 150, UI_FONT_TEXT, 14, quiet, "then 2 (1.9 %), 9 (1.5 %)");
    write(898, 173, UI_FONT_TEXT, 14, quiet, "read in 38 µs · 120 fps");
}

/* Lines and a polygon over the dock. */
static void add_dock(void)
{
    write(188, 758, UI_FONT_BOLD, 14, light, "Training swift-cnn");
    button(1111, 747, 70, "Pause");
    button(1199, 747, 61, "Stop");
    line((float[]){700, 765, 760, 745, 820, 780, 880, 745, 910, 790}, 5, 12, 0xe69f0080);
    struct ui_shape *polygon = add(UI_SHAPE_POLYGON, 0x55d6a0ff);
    polygon->at = (uint32_t)shapes.point_len;
    polygon->count = 3;
    memcpy(points + shapes.point_len, (float[]){940, 780, 960, 745, 980, 780}, 6 * sizeof(float));
    shapes.point_len += 6;
}

static void add_frame(float grow)
{
    shapes.count = shapes.text_len = shapes.point_len = 0;
    add_top_bar();
    add_canvas();
    add_fit_and_answer();
    add_bars(grow);
    add_curve();
    add_dock();
}

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *what, double *times)
{
    qsort(times, REPEATS, sizeof *times, compare);
    printf("%-28s median %.2f ms, longest %.2f ms\n", what, times[REPEATS / 2], times[REPEATS - 1]);
}

static void time_painter(struct painter *painter, const struct paint_target *target, float scale)
{
    double times[REPEATS];
    const struct paint_rect *rects;
    for (int i = 0; i < REPEATS; i++) {
        double start = milliseconds();
        painter_forget(painter);
        paint_changes(painter, target, &shapes, scale, 0x0e1116ff, &rects);
        times[i] = milliseconds() - start;
    }
    report("everything", times);
    for (int i = 0; i < REPEATS; i++) {
        add_frame((float)(i + 1) / REPEATS);
        double start = milliseconds();
        paint_changes(painter, target, &shapes, scale, 0x0e1116ff, &rects);
        times[i] = milliseconds() - start;
    }
    report("ten bars and their figures", times);
    for (int i = 0; i < REPEATS; i++) {
        double start = milliseconds();
        paint_changes(painter, target, &shapes, scale, 0x0e1116ff, &rects);
        times[i] = milliseconds() - start;
    }
    report("nothing", times);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: paint_demo OUT.png [SCALE [WIDTH HEIGHT]]\n");
        return 2;
    }
    float scale = argc > 2 ? strtof(argv[2], NULL) : 1;
    int width = argc > 4 ? atoi(argv[3]) : 1280, height = argc > 4 ? atoi(argv[4]) : 800;
    struct err err;
    double start = milliseconds();
    fonts = fonts_new(&err);
    struct painter *painter = fonts ? painter_new(fonts, &err) : NULL;
    struct paint_target target = {.width = (int)((float)width * scale),
                                  .height = (int)((float)height * scale)};
    target.stride = target.width;
    target.pixels = calloc((size_t)target.width * (size_t)target.height, sizeof *target.pixels);
    if (!painter || !target.pixels) {
        fprintf(stderr, "%s\n", painter ? "no memory" : err.text);
        return 1;
    }
    printf("%-28s %.2f ms\n", "fonts", milliseconds() - start);
    add_frame(0);
    printf("%-28s %.2f ms\n", "with the first layout", milliseconds() - start);
    paint_all(painter, &target, &shapes, scale, 0x0e1116ff);
    printf("%-28s %.2f ms\n", "with the first frame", milliseconds() - start);
    bool saved =
        picture_save(argv[1], target.pixels, target.width, target.height, target.stride, &err);
    if (!saved)
        fprintf(stderr, "%s\n", err.text);
    time_painter(painter, &target, scale);
    painter_free(painter);
    fonts_free(fonts);
    free(target.pixels);
    return saved ? 0 : 1;
}
