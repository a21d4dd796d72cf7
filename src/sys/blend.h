/* blend.h -- lays one colour over one pixel.
 *
 * A pixel is 0xAARRGGBB and stays opaque. Two channels at a time are blended in one 32 bit word.
 */
#ifndef SYS_BLEND_H
#define SYS_BLEND_H

#include <stdint.h>

#include "ui/shape.h"

static inline uint32_t color_alpha(ui_color color)
{
    return color & 0xff;
}

/* The colour as an opaque pixel. */
static inline uint32_t color_pixel(ui_color color)
{
    return 0xff000000u | color >> 8;
}

/* a * b / 255, rounded, for 0 .. 255. */
static inline uint32_t scale_255(uint32_t a, uint32_t b)
{
    uint32_t x = a * b + 128;
    return (x + (x >> 8)) >> 8;
}

/* `pixel` lies over `under` with alpha of 0 .. 255. Alpha 0 and 255 are exact. */
static inline uint32_t blend(uint32_t under, uint32_t pixel, uint32_t alpha)
{
    uint32_t a = alpha + (alpha >> 7); /* 0 .. 256 */
    uint32_t rb = under & 0xff00ff, g = under & 0x00ff00;
    rb += ((((pixel & 0xff00ff) - rb) * a + 0x800080) >> 8) & 0xff00ff;
    g += ((((pixel & 0x00ff00) - g) * a + 0x008000) >> 8) & 0x00ff00;
    return 0xff000000u | (rb & 0xff00ff) | (g & 0x00ff00);
}

#endif
