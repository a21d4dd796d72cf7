/* painted.h -- a painter with fonts, and what it paints on: 320x240 pixels. */
#ifndef TESTS_SYS_PAINTED_H
#define TESTS_SYS_PAINTED_H

#include <stdint.h>

#include "sys/font.h"
#include "sys/paint.h"

enum { WIDTH = 320, HEIGHT = 240 };

static const ui_color black = 0x000000ff, white = 0xffffffff, red = 0xff0000ff;
static const struct paint_rect everywhere = {0, 0, WIDTH, HEIGHT};

extern struct fonts *fonts;
extern struct painter *painter;
extern struct ui_shapes shapes;
extern uint32_t pixels[WIDTH * HEIGHT];

/* Fixtures: the painter, with no shapes. */
void make_painter(void);
void remove_painter(void);

struct paint_target target_of(uint32_t *to);
void paint(float scale); /* the shapes, on black, into pixels */

/* How bright the red of a pixel is; the tests' colours are white or red on black. */
int red_at(int x, int y);
double sum_red(struct paint_rect part); /* in pixels of full red */

/* Adds it in white; returns its width. */
float push_text(float x, float y, enum ui_font font, float size, const char *text);

struct ui_rect rect(float x, float y, float w, float h);

#endif
