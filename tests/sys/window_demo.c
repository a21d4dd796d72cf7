/* SPDX-License-Identifier: MIT */
/* A window in which a line follows the pointer, for people's eyes; or, with a number of threads, a
 * measurement: xdotool moves the real pointer 200 times while so many threads keep the cores busy,
 * and the program tells how long each move took to be on screen; then it idles for five seconds and
 * tells what that cost.
 *
 *     window_demo [THREADS]
 */
#include <SDL.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "sys/font.h"
#include "sys/window.h"

enum { MOVES = 200, TRAIL = 400, THREADS_MAX = 16, IDLE_MILLISECONDS = 5000 };

static atomic_bool enough;
static float trail[2 * TRAIL];
static uint32_t trail_count;
static struct ui_input input;

static double clock_milliseconds(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return 1e3 * (double)t.tv_sec + (double)t.tv_nsec / 1e6;
}

static double milliseconds(void)
{
    return clock_milliseconds(CLOCK_MONOTONIC);
}

static void *keep_busy(void *user)
{
    volatile double *sum = user;
    for (double i = 0; !atomic_load_explicit(&enough, memory_order_relaxed); i++)
        *sum = *sum + sqrt(i);
    return NULL;
}

static void add_points(void)
{
    for (int i = 0; i < input.move_count; i++) {
        if (trail_count == TRAIL)
            memmove(trail, trail + 2, 2 * (size_t)--trail_count * sizeof *trail);
        trail[2 * trail_count] = input.moves[i].x;
        trail[2 * trail_count++ + 1] = input.moves[i].y;
    }
}

static void push_text(struct ui_shapes *shapes, struct fonts *fonts, float x, float y,
                      const char *text)
{
    ui_push_text(shapes, (struct ui_rect){x, y, 80, fonts_height(fonts, UI_FONT_TEXT, 14)},
                 UI_FONT_TEXT, 14, 0xe8edf3ff, text, strlen(text));
}

static void lay_out(struct ui_shapes *shapes, struct fonts *fonts)
{
    ui_shapes_reset(shapes);
    ui_push_box(shapes, (struct ui_rect){20, 20, input.width - 40, input.height - 40}, 12,
                0x151a21ff, 0x232a33ff, 1);
    ui_push_line(shapes, trail, trail_count, 24, 0xffffffff);
    for (int i = 0; i < 10; i++) {
        float y = 60 + 37 * (float)i, x = trail_count ? trail[2 * trail_count - 2] : 0;
        float part = 0.5f + 0.5f * sinf(x / 50 + (float)i);
        char text[16];
        snprintf(text, sizeof text, "%.1f %%", 100 * (double)part);
        ui_push_box(shapes, (struct ui_rect){560, y, 300, 14}, 4, 0x232b35ff, 0, 0);
        ui_push_box(shapes, (struct ui_rect){560, y, 300 * part, 14}, 4, 0x56b4e9ff, 0, 0);
        push_text(shapes, fonts, 880, y, text);
    }
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* From before the order goes to xdotool until the X server has the new pixels. */
static void measure_moves(struct window *window, struct ui_shapes *shapes, struct fonts *fonts)
{
    static double times[MOVES];
    FILE *pointer = popen("xdotool -", "w");
    int count = 0, left = 0, top = 0;
    SDL_GetWindowPosition(SDL_GetWindowFromID(1), &left, &top);
    for (int i = 0; pointer && i < MOVES; i++) {
        double start = milliseconds(), wait = start + 8;
        fprintf(pointer, "mousemove %d %d\n", left + 100 + (i * 37) % 400,
                top + 100 + (i * 53) % 400);
        fflush(pointer);
        do {
            window_wait(window, &input, 1000);
        } while (input.move_count == 0 && milliseconds() - start < 1000);
        add_points();
        lay_out(shapes, fonts);
        window_paint(window, shapes, 0x0e1116ff);
        times[count++] = milliseconds() - start;
        while (milliseconds() < wait)
            window_wait(window, &input, 2);
    }
    if (pointer)
        pclose(pointer);
    qsort(times, (size_t)count, sizeof *times, compare);
    if (count > 0)
        printf("move to screen: median %.2f ms, 95th percentile %.2f ms, longest %.2f ms\n",
               times[count / 2], times[count * 95 / 100], times[count - 1]);
}

static void measure_idling(struct window *window)
{
    double start = milliseconds(), used = clock_milliseconds(CLOCK_PROCESS_CPUTIME_ID);
    int woken = 0;
    while (milliseconds() - start < IDLE_MILLISECONDS)
        woken += window_wait(window, &input, IDLE_MILLISECONDS);
    used = clock_milliseconds(CLOCK_PROCESS_CPUTIME_ID) - used;
    printf("idle: %.3f %% of a core, woken %d times\n", 100 * used / (milliseconds() - start),
           woken);
}

static void measure(struct window *window, struct ui_shapes *shapes, struct fonts *fonts, int count)
{
    static pthread_t threads[THREADS_MAX];
    static double sums[THREADS_MAX];
    int started = 0;
    while (started < count && started < THREADS_MAX &&
           pthread_create(&threads[started], NULL, keep_busy, &sums[started]) == 0)
        started++;
    measure_moves(window, shapes, fonts);
    atomic_store(&enough, true);
    for (int i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    while (window_wait(window, &input, 200))
        ;
    measure_idling(window);
}

static void follow(struct window *window, struct ui_shapes *shapes, struct fonts *fonts)
{
    while (!input.quit) {
        window_wait(window, &input, -1);
        for (int i = 0; i < input.key_count; i++)
            if (input.keys[i].key == UI_KEY_F11)
                window_toggle_full_screen(window);
        add_points();
        lay_out(shapes, fonts);
        window_paint(window, shapes, 0x0e1116ff);
    }
}

int main(int argc, char **argv)
{
    struct err err;
    struct ui_shapes shapes = {0};
    double start = milliseconds();
    struct fonts *fonts = fonts_new(&err);
    const struct window_setup setup = {.title = "window_demo", .width = 1280, .height = 800};
    struct window *window = fonts ? window_open(&setup, fonts, &err) : NULL;
    if (!window) {
        fprintf(stderr, "%s\n", err.text);
        fonts_free(fonts);
        return 1;
    }
    window_wait(window, &input, 0);
    lay_out(&shapes, fonts);
    window_paint(window, &shapes, 0x0e1116ff);
    printf("first frame after %.1f ms\n", milliseconds() - start);
    if (argc > 1)
        measure(window, &shapes, fonts, atoi(argv[1]));
    else
        follow(window, &shapes, fonts);
    window_close(window);
    fonts_free(fonts);
    ui_shapes_free(&shapes);
    return 0;
}
