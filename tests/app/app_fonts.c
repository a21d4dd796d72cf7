/* SPDX-License-Identifier: MIT */
#include "app_fonts.h"

#include "app_world.h"
#include "sys/font.h"

static struct fonts *fonts;

void measure_fonts(void)
{
    fonts = fonts_new(NULL);
    if (fonts)
        world_metrics = fonts_metrics(fonts);
}

void forget_fonts(void)
{
    fonts_free(fonts);
}
