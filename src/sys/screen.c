/* SPDX-License-Identifier: MIT */
#include "sys/screen.h"

#include <stdlib.h>
#include <string.h>

static struct scale_words read_environment(void)
{
    return (struct scale_words){.gdk = getenv("GDK_SCALE"), .gdk_dpi = getenv("GDK_DPI_SCALE"),
                                .qt = getenv("QT_SCALE_FACTOR")};
}

/* A server is asked only where SDL will use it, and the environment leaves it open. */
struct process screen_ask_scale(bool known)
{
    const struct scale_words words = read_environment();
    const char *driver = getenv("SDL_VIDEODRIVER"), *display = getenv("DISPLAY");
    bool said = scale_read(words.gdk) > 0 || scale_read(words.gdk_dpi) > 0 ||
                scale_read(words.qt) > 0;
    if (known || said || !display || !display[0] || (driver && strcmp(driver, "x11") != 0))
        return (struct process){0, -1};
    return scale_ask();
}

float screen_find_scale(struct process *question)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    bool x11 = driver && strcmp(driver, "x11") == 0;
    char *resources = scale_answer(question);
    struct scale_words words = read_environment();
    SDL_DisplayMode mode;
    float scale = 0;
    words.resources = resources;
    if (SDL_GetDesktopDisplayMode(0, &mode) == 0) {
        words.width = mode.w;
        words.height = mode.h;
    }
    if (x11)
        scale = scale_choose(&words);
    free(resources);
    return scale;
}

SDL_Rect screen_room(int display)
{
    SDL_Rect room = {0, 0, 0, 0};
    if (SDL_GetDisplayUsableBounds(display, &room) != 0 || room.w <= 0 || room.h <= 0)
        SDL_GetDisplayBounds(display, &room);
    return room;
}

bool screen_fit_frame(SDL_Window *window)
{
    int top, left, bottom, right, w, h, least_w, least_h;
    if (SDL_GetWindowBordersSize(window, &top, &left, &bottom, &right) != 0 ||
        top + left + bottom + right <= 0)
        return false;
    SDL_Rect room = screen_room(SDL_GetWindowDisplayIndex(window));
    SDL_GetWindowSize(window, &w, &h);
    int most_w = room.w - left - right, most_h = room.h - top - bottom;
    if (most_w <= 0 || most_h <= 0 || (w <= most_w && h <= most_h))
        return true;
    w = w < most_w ? w : most_w;
    h = h < most_h ? h : most_h;
    SDL_GetWindowMinimumSize(window, &least_w, &least_h);
    SDL_SetWindowMinimumSize(window, least_w < w ? least_w : w, least_h < h ? least_h : h);
    SDL_SetWindowSize(window, w, h);
    SDL_SetWindowPosition(window, room.x + left + (most_w - w) / 2,
                          room.y + top + (most_h - h) / 2);
    return true;
}
