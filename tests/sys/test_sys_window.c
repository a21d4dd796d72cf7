/* SPDX-License-Identifier: MIT */
/* The window without a display (SDL's dummy driver), and under Xvfb with a real pointer. */
#include <SDL.h>
#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "sys/font.h"
#include "sys/window.h"
#include "test_sys_window.h"

static struct err err;
static struct fonts *fonts;
static struct window *window;
static struct ui_input input;
static struct ui_shapes shapes;

static struct window_setup usual = {.title = "inkling test", .width = 1000, .height = 700,
                                    .zoom_least = 0.5f, .zoom_most = 4};

static void open_window(void)
{
    fonts = fonts_new(&err);
    ck_assert_msg(fonts != NULL, "%s", err.text);
    window = window_open(&usual, fonts, &err);
    ck_assert_msg(window != NULL, "%s", err.text);
    ui_push_box(&shapes, (struct ui_rect){0, 0, 500, 300}, 12, 0xff8000ff, 0xffffffff, 1);
    window_paint(window, &shapes, 0x0e1116ff);
    for (int i = 0; i < 50 && window_wait(window, &input, 20); i++)
        ; /* what the opening brings */
}

static void close_window(void)
{
    window_close(window);
    fonts_free(fonts);
    ui_shapes_free(&shapes);
}

static void begin_dummy(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    unsetenv("INKLING_SCALE");
    open_window();
}

static void begin_dummy_twice(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    setenv("INKLING_SCALE", "2", 1);
    open_window();
}

static void end_dummy(void)
{
    close_window();
    unsetenv("INKLING_SCALE");
}

static void push_motion(int x, int y)
{
    SDL_Event event = {
        .motion = {.type = SDL_MOUSEMOTION, .timestamp = SDL_GetTicks(), .x = x, .y = y}};
    SDL_PushEvent(&event);
}

static void push_button(Uint32 type, Uint8 button, Uint8 clicks)
{
    SDL_Event event = {.button = {.type = type, .timestamp = SDL_GetTicks(), .button = button,
                                  .state = type == SDL_MOUSEBUTTONDOWN, .clicks = clicks,
                                  .x = 30, .y = 40}};
    SDL_PushEvent(&event);
}

static void push_finger(Uint32 type, SDL_FingerID finger, float x, float y)
{
    SDL_Event event = {.tfinger = {.type = type, .timestamp = SDL_GetTicks(), .fingerId = finger,
                                   .x = x, .y = y}};
    SDL_PushEvent(&event);
}

START_TEST(a_window_has_its_size_in_points)
{
    window_wait(window, &input, 0);
    ck_assert_float_eq(input.width, 1000);
    ck_assert_float_eq(input.height, 700);
    ck_assert_float_eq(input.scale, 1);
    ck_assert_uint_gt(input.now, 0);
}
END_TEST

START_TEST(at_scale_two_a_point_is_two_pixels_for_shapes_and_pointer)
{
    push_motion(300, 500);
    ck_assert(window_wait(window, &input, 100));
    ck_assert_float_eq(input.width, 512); /* all that the dummy's screen of 1024 x 768 has */
    ck_assert_float_eq(input.height, 384);
    ck_assert_float_eq(input.scale, 2);
    ck_assert_int_eq(input.move_count, 1);
    ck_assert_float_eq(input.moves[0].x, 150);
    ck_assert_float_eq(input.moves[0].y, 250);
    window_paint(window, &shapes, 0x0e1116ff);
}
END_TEST

START_TEST(a_zoom_stays_within_the_limits_that_were_given)
{
    struct window_setup setup = usual;
    setup.zoom = 3;
    setup.zoom_least = 0.8f;
    setup.zoom_most = 1.25f; /* the screen would allow more */
    window_close(window);
    window = window_open(&setup, fonts, &err);
    ck_assert_msg(window != NULL, "%s", err.text);
    window_wait(window, &input, 0);
    ck_assert_float_eq(input.scale, 1.25f);
    ck_assert_float_eq(input.zoom_max, 1.25f);
    window_set_zoom(window, 0.1f);
    window_wait(window, &input, 0);
    ck_assert_float_eq(input.scale, 0.8f);
}
END_TEST

START_TEST(a_zoom_makes_points_larger_and_the_pointer_stays_exact)
{
    window_set_zoom(window, 9); /* more than the screen allows: 1024 x 768 */
    push_motion(512, 96);
    window_wait(window, &input, 100);
    ck_assert_float_eq_tol(input.zoom_max,
                           fminf(1024.0f / WINDOW_WIDTH_MIN, 768.0f / WINDOW_HEIGHT_MIN), 1e-4f);
    ck_assert_float_eq(input.scale, input.zoom_max);
    ck_assert_float_eq_tol(input.width * input.scale, 1024, 0.01f); /* the least width, by now */
    ck_assert_float_eq_tol(input.moves[0].x * input.scale, 512, 0.01f);
    ck_assert_float_eq_tol(input.moves[0].y * input.scale, 96, 0.01f);
    window_paint(window, &shapes, 0x0e1116ff);
    window_set_zoom(window, 0.5f);
    window_wait(window, &input, 100);
    ck_assert_float_eq(input.scale, 0.5f);
    window_set_zoom(window, 1);
    window_wait(window, &input, 100);
    ck_assert_float_eq(input.width, 1024);
}
END_TEST

static void open_as_large_as(float width, float height)
{
    struct window_setup setup = usual;
    window_close(window);
    setup.width = width;
    setup.height = height;
    window = window_open(&setup, fonts, &err);
    ck_assert_ptr_nonnull(window);
    window_wait(window, &input, 0);
}

START_TEST(a_window_is_as_large_as_the_screen_at_most)
{
    open_as_large_as(6000, 4000); /* on a screen that is gone */
    ck_assert_float_eq(input.width, 1024);
    ck_assert_float_eq(input.height, 768);
    open_as_large_as(1280, 700);
    ck_assert_float_eq(input.width, 1024);
    ck_assert_float_eq(input.height, 700);
    open_as_large_as(10, 10);
    ck_assert_float_eq(input.width, WINDOW_WIDTH_MIN);
    ck_assert_float_eq(input.height, WINDOW_HEIGHT_MIN);
}
END_TEST

START_TEST(every_sample_of_a_stroke_comes_in_order)
{
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 1);
    for (int i = 0; i < 1000; i++)
        push_motion(i, 2 * i);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 1);
    ck_assert(window_wait(window, &input, 100));
    ck_assert_int_eq(input.move_count, 1002);
    ck_assert_int_eq(input.moves[0].kind, UI_PRESS);
    ck_assert_int_eq(input.moves[1001].kind, UI_RELEASE);
    for (int i = 0; i < 1000; i++) {
        const struct ui_move *move = &input.moves[i + 1];
        if (move->kind != UI_MOVE || move->button != UI_BUTTON_LEFT || move->x != (float)i ||
            move->microseconds > input.now || input.now - move->microseconds > 5000000)
            ck_abort_msg("sample %d is wrong", i);
    }
}
END_TEST

START_TEST(more_samples_than_fit_come_with_the_next_call)
{
    for (int i = 0; i < UI_MOVES_MAX + 100; i++)
        push_motion(i % 900, i % 600);
    ck_assert(window_wait(window, &input, 100));
    ck_assert_int_eq(input.move_count, UI_MOVES_MAX);
    ck_assert(window_wait(window, &input, 100));
    ck_assert_int_eq(input.move_count, 100);
    ck_assert(!window_wait(window, &input, 0));
    ck_assert_int_eq(input.move_count, 0);
}
END_TEST

START_TEST(a_double_click_and_the_right_button_are_told)
{
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_LEFT, 2);
    push_button(SDL_MOUSEBUTTONUP, SDL_BUTTON_LEFT, 2);
    push_button(SDL_MOUSEBUTTONDOWN, SDL_BUTTON_RIGHT, 1);
    push_motion(31, 41);
    window_wait(window, &input, 100);
    ck_assert_int_eq(input.move_count, 4);
    ck_assert_int_eq(input.moves[0].clicks, 2);
    ck_assert_int_eq(input.moves[2].button, UI_BUTTON_RIGHT);
    ck_assert_int_eq(input.moves[3].button, UI_BUTTON_RIGHT);
}
END_TEST

START_TEST(a_finger_is_the_left_button_once_and_a_second_one_is_left_out)
{
    push_finger(SDL_FINGERDOWN, 5, 0.5f, 0.5f);
    push_finger(SDL_FINGERDOWN, 6, 0.1f, 0.1f);
    push_motion(3, 3); /* a mouse that the system makes up */
    push_finger(SDL_FINGERMOTION, 5, 0.25f, 0.5f);
    push_finger(SDL_FINGERMOTION, 6, 0.2f, 0.2f);
    push_finger(SDL_FINGERUP, 6, 0.2f, 0.2f);
    push_finger(SDL_FINGERUP, 5, 0.25f, 0.5f);
    window_wait(window, &input, 100);
    ck_assert_int_eq(input.move_count, 3);
    ck_assert_int_eq(input.moves[0].kind, UI_PRESS);
    ck_assert_float_eq(input.moves[0].x, 500);
    ck_assert_int_eq(input.moves[1].kind, UI_MOVE);
    ck_assert_int_eq(input.moves[1].button, UI_BUTTON_LEFT);
    ck_assert_float_eq(input.moves[1].x, 250);
    ck_assert_int_eq(input.moves[2].kind, UI_RELEASE);
}
END_TEST

START_TEST(keys_text_wheel_and_drops_are_folded)
{
    SDL_Event key = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_z, .mod = KMOD_LCTRL}}};
    SDL_Event enter = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_KP_ENTER}}};
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT, .text = "\xc3\xa9!"}};
    SDL_Event wheel = {.wheel = {.type = SDL_MOUSEWHEEL, .y = 2, .preciseY = 2.5f}};
    SDL_Event drop = {.drop = {.type = SDL_DROPFILE, .file = SDL_strdup("/a/b c.png")}};
    SDL_PushEvent(&key);
    SDL_PushEvent(&enter);
    SDL_PushEvent(&text);
    SDL_PushEvent(&text);
    SDL_PushEvent(&wheel);
    SDL_PushEvent(&drop);
    window_wait(window, &input, 100);
    ck_assert_int_eq(input.key_count, 2);
    ck_assert_int_eq(input.keys[0].key, 'z');
    ck_assert_uint_eq(input.keys[0].mods, UI_CTRL);
    ck_assert_int_eq(input.keys[1].key, UI_KEY_ENTER);
    ck_assert_str_eq(input.typed, "\xc3\xa9!\xc3\xa9!");
    ck_assert_float_eq(input.wheel, 2.5f);
    ck_assert_int_eq(input.drop_count, 1);
    ck_assert_str_eq(input.drops[0], "/a/b c.png");
    window_wait(window, &input, 0);
    ck_assert_int_eq(input.key_count + input.drop_count + (int)input.wheel + input.typed[0], 0);
}
END_TEST

static void push_typing(Uint16 mod, SDL_Keycode code, const char *types)
{
    SDL_Event key = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = code, .mod = mod}}};
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT}};
    strcpy(text.text.text, types);
    SDL_PushEvent(&key);
    SDL_PushEvent(&text);
}

START_TEST(a_shortcut_types_nothing_but_alt_gr_does)
{
    SDL_Event up = {.key = {.type = SDL_KEYUP, .keysym = {.sym = SDLK_LALT}}};
    SDL_Event text = {.text = {.type = SDL_TEXTINPUT, .text = "!"}};
    push_typing(KMOD_LALT, SDLK_1, "1");
    push_typing(KMOD_LCTRL, SDLK_s, "s");
    push_typing(KMOD_RCTRL | KMOD_LSHIFT, SDLK_s, "S");
    push_typing(KMOD_RALT, SDLK_q, "@");
    push_typing(KMOD_LCTRL | KMOD_RALT, SDLK_e, "e");
    push_typing(KMOD_LSHIFT, SDLK_a, "A");
    push_typing(KMOD_LALT, SDLK_2, "2");
    SDL_PushEvent(&up);
    SDL_PushEvent(&text);
    window_wait(window, &input, 100);
    ck_assert_str_eq(input.typed, "@eA!");
    ck_assert_int_eq(input.key_count, 8); /* text that comes alone is a key, too */
    ck_assert_uint_eq(input.keys[0].mods, UI_ALT);
    ck_assert_int_eq(input.keys[3].key, '@');
    ck_assert_uint_eq(input.keys[3].mods, 0);
    ck_assert_uint_eq(input.keys[4].mods, 0);
}
END_TEST

START_TEST(a_key_is_what_it_types_and_tells_that_it_is_held)
{
    SDL_Event pad = {.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDLK_KP_7}}};
    SDL_Event late = {.text = {.type = SDL_TEXTINPUT, .text = "s"}};
    SDL_Event held = {.key = {.type = SDL_KEYDOWN, .repeat = 1, .keysym = {.sym = SDLK_s}}};
    push_typing(KMOD_RALT, SDLK_8, "[");
    SDL_PushEvent(&pad);
    push_typing(KMOD_NUM, SDLK_KP_7, "7");
    SDL_PushEvent(&held); /* its text comes later */
    window_wait(window, &input, 100);
    ck_assert_int_eq(input.key_count, 4);
    ck_assert_int_eq(input.keys[0].key, '[');
    ck_assert_int_eq(input.keys[1].key, UI_KEY_HOME);
    ck_assert_int_eq(input.keys[2].key, '7');
    ck_assert(!input.keys[2].repeat);
    ck_assert_int_eq(input.keys[3].key, 's');
    ck_assert(input.keys[3].repeat);
    ck_assert_str_eq(input.typed, "[7");
    SDL_PushEvent(&late);
    window_wait(window, &input, 100);
    ck_assert_int_eq(input.key_count, 0);
    ck_assert_str_eq(input.typed, "s");
}
END_TEST

static void *wake_often(void *user)
{
    for (int i = 0; i < 20000; i++)
        window_wake(user);
    return NULL;
}

START_TEST(waking_from_another_thread_ends_a_wait_and_never_floods)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, wake_often, window), 0);
    ck_assert(window_wait(window, &input, 10000));
    pthread_join(thread, NULL);
    ck_assert_int_le(SDL_PeepEvents(NULL, 0, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT), 1);
    window_wait(window, &input, 0);
    ck_assert(!window_wait(window, &input, 5));
    window_wake(window);
    ck_assert(window_wait(window, &input, 10000));
}
END_TEST

static void *end_it(void *unused)
{
    window_end(window);
    return unused;
}

START_TEST(another_thread_can_ask_for_the_end)
{
    for (int i = 0; i < 2; i++) {
        pthread_t thread;
        ck_assert_int_eq(pthread_create(&thread, NULL, end_it, NULL), 0);
        pthread_join(thread, NULL);
        bool quit = false;
        for (int k = 0; k < 100 && !quit; k++) {
            window_wait(window, &input, 100);
            quit = input.quit && input.ended;
        }
        ck_assert(quit);
        window_wait(window, &input, 0);
        ck_assert(!input.quit);
    }
}
END_TEST

START_TEST(the_clipboard_keeps_a_text)
{
    struct ui_clipboard clipboard = window_clipboard(window);
    clipboard.set(clipboard.user, "784-30-10");
    ck_assert_str_eq(clipboard.get(clipboard.user), "784-30-10");
    window_set_cursor(window, UI_CURSOR_HAND);
}
END_TEST

START_TEST(without_a_display_a_sentence_says_so)
{
    setenv("SDL_VIDEODRIVER", "x11", 1);
    setenv("DISPLAY", ":9999", 1);
    ck_assert_ptr_null(window_open(&usual, NULL, &err));
    ck_assert_ptr_nonnull(strstr(err.text, "There is no display"));
}
END_TEST

/* ---- a real pointer -------------------------------------------------------------------------- */

static pid_t server;

static bool is_installed(const char *program)
{
    char command[64];
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", program);
    return system(command) == 0;
}

/* Xvfb chooses a free display and writes its number to a pipe. */
static bool start_server(void)
{
    int ends[2];
    char number[16] = "", display[20], fd[16];
    if (!is_installed("Xvfb") || !is_installed("xdotool") || pipe(ends) != 0)
        return false;
    server = fork();
    if (server == 0) {
        snprintf(fd, sizeof fd, "%d", ends[1]);
        if (!freopen("/dev/null", "w", stderr))
            _exit(127);
        execlp("Xvfb", "Xvfb", "-displayfd", fd, "-screen", "0", "1400x1000x24", (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    ssize_t len = read(ends[0], number, sizeof number - 1);
    close(ends[0]);
    number[strcspn(number, "\n")] = 0;
    snprintf(display, sizeof display, ":%s", number);
    setenv("DISPLAY", display, 1);
    setenv("SDL_VIDEODRIVER", "x11", 1);
    return len > 0;
}

static void stop_server(void)
{
    if (server > 0) {
        kill(server, SIGTERM);
        waitpid(server, NULL, 0);
    }
    server = 0;
}

START_TEST(a_real_mouse_draws_a_stroke_where_it_is)
{
    if (!start_server()) {
        printf("# skipped: Xvfb and xdotool are not installed\n");
        stop_server();
        return;
    }
    open_window();
    int left, top;
    SDL_GetWindowPosition(SDL_GetWindowFromID(1), &left, &top);
    char command[200];
    snprintf(command, sizeof command,
             "xdotool mousemove %d %d mousedown 1 mousemove_relative 50 20 "
             "mousemove_relative 0 30 mouseup 1 &", left + 100, top + 200);
    ck_assert_int_eq(system(command), 0);
    struct ui_move seen[64];
    int count = 0;
    bool released = false;
    for (int i = 0; i < 100 && !released; i++) {
        window_wait(window, &input, 100);
        for (int k = 0; k < input.move_count && count < 64; k++) {
            seen[count++] = input.moves[k];
            released = released || input.moves[k].kind == UI_RELEASE;
        }
    }
    ck_assert(released);
    ck_assert_int_ge(count, 4);
    ck_assert_int_eq(seen[count - 4].kind, UI_PRESS);
    ck_assert_float_eq(seen[count - 4].x, 100);
    ck_assert_float_eq(seen[count - 4].y, 200);
    ck_assert_float_eq(seen[count - 3].x, 150);
    ck_assert_int_eq(seen[count - 2].button, UI_BUTTON_LEFT);
    ck_assert_float_eq(seen[count - 1].y, 250);
    close_window();
    stop_server();
}
END_TEST

void add_window_tests(Suite *suite)
{
    TCase *once = tcase_create("dummy"), *twice = tcase_create("dense"),
          *bare = tcase_create("x11");
    tcase_add_checked_fixture(once, begin_dummy, end_dummy);
    tcase_add_test(once, a_window_has_its_size_in_points);
    tcase_add_test(once, a_zoom_stays_within_the_limits_that_were_given);
    tcase_add_test(once, a_zoom_makes_points_larger_and_the_pointer_stays_exact);
    tcase_add_test(once, a_window_is_as_large_as_the_screen_at_most);
    tcase_add_test(once, every_sample_of_a_stroke_comes_in_order);
    tcase_add_test(once, more_samples_than_fit_come_with_the_next_call);
    tcase_add_test(once, a_double_click_and_the_right_button_are_told);
    tcase_add_test(once, a_finger_is_the_left_button_once_and_a_second_one_is_left_out);
    tcase_add_test(once, keys_text_wheel_and_drops_are_folded);
    tcase_add_test(once, a_shortcut_types_nothing_but_alt_gr_does);
    tcase_add_test(once, a_key_is_what_it_types_and_tells_that_it_is_held);
    tcase_add_test(once, waking_from_another_thread_ends_a_wait_and_never_floods);
    tcase_add_test(once, another_thread_can_ask_for_the_end);
    tcase_add_test(once, the_clipboard_keeps_a_text);
    tcase_add_checked_fixture(twice, begin_dummy_twice, end_dummy);
    tcase_add_test(twice, at_scale_two_a_point_is_two_pixels_for_shapes_and_pointer);
    tcase_add_test(bare, without_a_display_a_sentence_says_so);
    tcase_add_test(bare, a_real_mouse_draws_a_stroke_where_it_is);
    tcase_set_timeout(once, 60);
    tcase_set_timeout(twice, 60);
    tcase_set_timeout(bare, 60);
    suite_add_tcase(suite, once);
    suite_add_tcase(suite, twice);
    suite_add_tcase(suite, bare);
}
