/* SPDX-License-Identifier: MIT */
#include "sys/window.h"

#include <SDL.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/language.h"
#include "sys/clipboard.h"
#include "sys/icon.h"
#include "sys/keys.h"
#include "sys/paint.h"
#include "sys/scale.h"
#include "sys/screen.h"

enum { CURSOR_COUNT = UI_CURSOR_CROSS + 1 };

struct window {
    SDL_Window *sdl;
    struct painter *painter;
    float said;      /* pixels per point, before the zoom; 0: as SDL says */
    float zoom, zoom_least, zoom_most, zoom_max; /* max: that the screen has room for */
    float per_point; /* SDL's own units for a mouse per point */
    SDL_Rect room;   /* that the screen has for windows */
    bool shown, framed; /* framed: its frame fits the screen */
    bool lost;       /* what is on screen may be gone */
    SDL_FingerID finger; /* the finger that draws, while finger_down */
    bool finger_down;
    unsigned held;   /* mouse buttons, a bit of enum ui_button each */
    unsigned mods;   /* of the last key, enum ui_key_mod */
    bool unanswered; /* the last key that types has typed nothing yet */
    SDL_Cursor *cursors[CURSOR_COUNT];
    struct clipboard clipboard;
    char *drops[UI_DROPS_MAX]; /* as in the last input */
    int drop_count;
    Uint32 wake_event;

    /* any thread */
    atomic_bool woken; /* a wake event is in the queue */
    atomic_bool quit;  /* window_end was called */
};

/* ---- opening --------------------------------------------------------------------------------- */

static void set_hints(void)
{
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); /* a finger is told as a finger, once */
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* our pixels go straight to the screen */
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_APP_NAME, "inkling");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
}

/* The size in pixels, and so the scale, may change while the window moves between screens. */
static float find_scale(struct window *window)
{
    int points = 0, pixels = 0;
    SDL_GetWindowSize(window->sdl, &points, NULL);
    SDL_GetWindowSizeInPixels(window->sdl, &pixels, NULL);
    float known = points > 0 && pixels > 0 ? (float)pixels / (float)points : 1;
    float scale = (window->said > 0 ? window->said : known) * window->zoom;
    window->per_point = scale / known;
    return scale;
}

/* How much larger all can be until the window no longer fits the screen; 1 at least. */
static void measure_room(struct window *window)
{
    window->room = screen_room(SDL_GetWindowDisplayIndex(window->sdl));
    find_scale(window);
    float unit = window->per_point / window->zoom;
    window->zoom_max = min_float((float)window->room.w / (unit * WINDOW_WIDTH_MIN),
                                 (float)window->room.h / (unit * WINDOW_HEIGHT_MIN));
    window->zoom_max = clamp_float(window->zoom_max, 1, window->zoom_most);
}

static int fit_length(float points, float unit, int room)
{
    int length = (int)lrintf(points * unit);
    return room > 0 && length > room ? room : length;
}

static void set_least_size(struct window *window)
{
    SDL_SetWindowMinimumSize(
        window->sdl, fit_length(WINDOW_WIDTH_MIN, window->per_point, window->room.w),
        fit_length(WINDOW_HEIGHT_MIN, window->per_point, window->room.h));
}

static bool open_sdl_window(struct window *window, const struct window_setup *setup,
                            struct err *err)
{
    float unit = (window->said > 0 ? window->said : 1) * window->zoom;
    SDL_Rect room = screen_room(0);
    int width = fit_length(max_float(setup->width, WINDOW_WIDTH_MIN), unit, room.w);
    int height = fit_length(max_float(setup->height, WINDOW_HEIGHT_MIN), unit, room.h);
    window->sdl = SDL_CreateWindow(setup->title, room.x + (room.w - width) / 2,
                                   room.y + (room.h - height) / 2, width, height,
                                   SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
                                       SDL_WINDOW_HIDDEN);
    if (!window->sdl)
        return err_set(err, _("The window cannot be opened: %s."), SDL_GetError());
    measure_room(window);
    window->zoom = min_float(window->zoom, window->zoom_max);
    find_scale(window);
    set_least_size(window);
    icon_set(window->sdl, window->painter);
    return true;
}

/* Whether people see what SDL chose by itself. Its last resort paints where nobody looks. */
static bool is_seen(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return getenv("SDL_VIDEODRIVER") ||
           (driver && strcmp(driver, "offscreen") != 0 && strcmp(driver, "dummy") != 0);
}

static bool start_video(struct err *err)
{
#ifdef __linux__
    /* Wayland's library complains on stderr where this is missing, so it is not even asked. */
    if (!getenv("XDG_RUNTIME_DIR") && !getenv("SDL_VIDEODRIVER"))
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,KMSDRM");
#endif
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0 && is_seen())
        return true;
    return err_set(err,
                   _("There is no display to open a window on; start it from a desktop, or set "
                     "DISPLAY."));
}

/* By the person; or 0. */
static float given_scale(const struct window_setup *setup)
{
    return setup->scale > 0 ? setup->scale : scale_read(getenv("INKLING_SCALE"));
}

/* What the person says counts, then what the system does. */
static void choose_scale(struct window *window, const struct window_setup *setup,
                         struct process *question)
{
    window->zoom_most = max_float(setup->zoom_most, 1);
    window->zoom_least = setup->zoom_least > 0 ? setup->zoom_least : 1;
    window->zoom = setup->zoom > 0 ? setup->zoom : 1;
    window->zoom = clamp_float(window->zoom, window->zoom_least, window->zoom_most);
    if ((window->said = given_scale(setup)) == 0)
        window->said = screen_find_scale(question);
}

struct window *window_open(const struct window_setup *setup, struct fonts *fonts, struct err *err)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window) {
        err_memory(err, _("the window"));
        return NULL;
    }
    struct process question = screen_ask_scale(given_scale(setup) > 0);
    window->wake_event = SDL_RegisterEvents(1);
    window->painter = painter_new(fonts, err);
    set_hints();
    bool started = window->painter && start_video(err);
    choose_scale(window, setup, &question);
    if (!started || !open_sdl_window(window, setup, err)) {
        window_close(window);
        return NULL;
    }
    SDL_EventState(SDL_DROPFILE, SDL_ENABLE);
    SDL_StartTextInput();
    return window;
}

static void free_drops(struct window *window)
{
    for (int i = 0; i < window->drop_count; i++)
        SDL_free(window->drops[i]);
    window->drop_count = 0;
}

/* SDL wakes a wait by a message to the window over a second connection to the X server. One that is
 * still under way when the window is gone would be an X error, and the end of the program: hiding
 * waits for the server, and the pause lets it read the other connection too. */
static void settle_messages(struct window *window)
{
    enum { SETTLE_MILLISECONDS = 20 };
    const char *driver = SDL_GetCurrentVideoDriver();
    SDL_HideWindow(window->sdl);
    if (driver && strcmp(driver, "x11") == 0)
        SDL_Delay(SETTLE_MILLISECONDS);
}

void window_close(struct window *window)
{
    if (!window)
        return;
    free_drops(window);
    clipboard_clear(&window->clipboard);
    for (int i = 0; i < CURSOR_COUNT; i++)
        if (window->cursors[i])
            SDL_FreeCursor(window->cursors[i]);
    if (window->sdl) {
        settle_messages(window);
        SDL_DestroyWindow(window->sdl);
    }
    painter_free(window->painter);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    free(window);
}

/* ---- folding events -------------------------------------------------------------------------- */

/* SDL stamps events in milliseconds since its start. */
static uint64_t event_time(const struct ui_input *input, Uint32 timestamp)
{
    Uint32 age = SDL_GetTicks() - timestamp;
    return input->now - (age < 10000 ? (uint64_t)age * 1000 : 0);
}

static void add_move(struct ui_input *input, struct ui_move move)
{
    input->moves[input->move_count++] = move;
}

static enum ui_button ui_button_of(Uint8 button)
{
    switch (button) {
    case SDL_BUTTON_LEFT:
        return UI_BUTTON_LEFT;
    case SDL_BUTTON_RIGHT:
        return UI_BUTTON_RIGHT;
    case SDL_BUTTON_MIDDLE:
        return UI_BUTTON_MIDDLE;
    default:
        return UI_BUTTON_NONE;
    }
}

static enum ui_button held_button(unsigned held)
{
    for (int button = UI_BUTTON_LEFT; button <= UI_BUTTON_MIDDLE; button++)
        if (held & 1u << button)
            return (enum ui_button)button;
    return UI_BUTTON_NONE;
}

static void fold_motion(struct window *window, struct ui_input *input,
                        const SDL_MouseMotionEvent *event)
{
    if (event->which == SDL_TOUCH_MOUSEID || window->finger_down)
        return;
    add_move(input, (struct ui_move){UI_MOVE, held_button(window->held),
                                     (float)event->x / window->per_point,
                                     (float)event->y / window->per_point, 0,
                                     event_time(input, event->timestamp)});
}

static void fold_button(struct window *window, struct ui_input *input,
                        const SDL_MouseButtonEvent *event)
{
    enum ui_button button = ui_button_of(event->button);
    if (event->which == SDL_TOUCH_MOUSEID || window->finger_down || button == UI_BUTTON_NONE)
        return;
    bool down = event->state == SDL_PRESSED;
    window->held = down ? window->held | 1u << button : window->held & ~(1u << button);
    SDL_CaptureMouse(window->held ? SDL_TRUE : SDL_FALSE);
    add_move(input, (struct ui_move){down ? UI_PRESS : UI_RELEASE, button,
                                     (float)event->x / window->per_point,
                                     (float)event->y / window->per_point,
                                     down ? event->clicks : 0,
                                     event_time(input, event->timestamp)});
}

/* The first finger draws; others are left out until it is lifted. */
static void fold_finger(struct window *window, struct ui_input *input,
                        const SDL_TouchFingerEvent *event)
{
    enum ui_move_kind kind = event->type == SDL_FINGERDOWN ? UI_PRESS
                             : event->type == SDL_FINGERUP ? UI_RELEASE : UI_MOVE;
    if (kind == UI_PRESS && !window->finger_down && window->held == 0) {
        window->finger = event->fingerId;
        window->finger_down = true;
    } else if (!window->finger_down || event->fingerId != window->finger || kind == UI_PRESS) {
        return;
    }
    if (kind == UI_RELEASE)
        window->finger_down = false;
    add_move(input, (struct ui_move){kind, UI_BUTTON_LEFT, event->x * input->width,
                                     event->y * input->height, kind == UI_PRESS,
                                     event_time(input, event->timestamp)});
}

/* What the press of a key typed comes right behind it. */
static void take_text(char *text)
{
    SDL_Event next;
    text[0] = 0;
    if (SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
        next.type == SDL_TEXTINPUT &&
        SDL_PeepEvents(&next, 1, SDL_GETEVENT, SDL_TEXTINPUT, SDL_TEXTINPUT) == 1)
        strcpy(text, next.text.text);
}

static void add_typed(struct ui_input *input, const char *text)
{
    size_t used = strlen(input->typed), len = strlen(text);
    if (used + len < sizeof input->typed)
        memcpy(input->typed + used, text, len + 1);
}

static bool layout_is_latin(void)
{
    int codes[26];
    for (int i = 0; i < 26; i++)
        codes[i] = SDL_GetKeyFromScancode((SDL_Scancode)(SDL_SCANCODE_A + i));
    return keys_are_latin(codes);
}

static void fold_key(struct window *window, struct ui_input *input, const SDL_KeyboardEvent *event)
{
    char text[SDL_TEXTINPUTEVENT_TEXT_SIZE] = "";
    const SDL_Keysym *sym = &event->keysym;
    struct ui_key key;
    bool types;
    window->mods = keys_mods(sym->mod);
    if (event->type != SDL_KEYDOWN)
        return;
    if (keys_may_type(sym->sym))
        take_text(text);
    const struct keys_press press = {.scancode = sym->scancode, .code = sym->sym,
                                     .held = sym->mod, .latin = layout_is_latin(), .text = text};
    bool any = keys_translate(&press, &key, &types);
    window->unanswered = any && types && !text[0];
    if (types)
        add_typed(input, text);
    if (!any)
        return;
    key.repeat = event->repeat != 0;
    input->keys[input->key_count++] = key;
}

/* Text that came alone, by an input method: a character counts as a key too, unless it is the late
 * answer to one that has counted. */
static void fold_text(struct window *window, struct ui_input *input, const char *text)
{
    struct ui_key key;
    if (window->mods & (UI_CTRL | UI_ALT)) /* it belongs to a shortcut */
        return;
    add_typed(input, text);
    if (!window->unanswered && keys_of_text(text, &key))
        input->keys[input->key_count++] = key;
    window->unanswered = false;
}

static void fold_drop(struct window *window, struct ui_input *input, char *path)
{
    if (!path || window->drop_count == UI_DROPS_MAX) {
        SDL_free(path);
        return;
    }
    window->drops[window->drop_count++] = path;
    input->drops[input->drop_count++] = path;
}

static void fold_window(struct window *window, struct ui_input *input,
                        const SDL_WindowEvent *event)
{
    switch (event->event) {
    case SDL_WINDOWEVENT_FOCUS_GAINED:
        input->focused = true;
        break;
    case SDL_WINDOWEVENT_LEAVE:
        input->left = window->held == 0;
        break;
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        measure_room(window);
        break;
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        window->lost = true;
        break;
    default:
        break;
    }
}

static void fold_event(struct window *window, struct ui_input *input, const SDL_Event *event)
{
    switch (event->type) {
    case SDL_MOUSEMOTION:
        fold_motion(window, input, &event->motion);
        break;
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        fold_button(window, input, &event->button);
        break;
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        fold_finger(window, input, &event->tfinger);
        break;
    case SDL_MOUSEWHEEL:
        input->wheel += event->wheel.direction == SDL_MOUSEWHEEL_FLIPPED ? -event->wheel.preciseY
                                                                         : event->wheel.preciseY;
        break;
    case SDL_KEYDOWN:
    case SDL_KEYUP:
        fold_key(window, input, &event->key);
        break;
    case SDL_TEXTINPUT:
        fold_text(window, input, event->text.text);
        break;
    case SDL_DROPFILE:
        fold_drop(window, input, event->drop.file);
        break;
    case SDL_WINDOWEVENT:
        fold_window(window, input, &event->window);
        break;
    case SDL_QUIT:
        input->quit = true;
        break;
    default:
        break;
    }
}

/* Whether another event of any kind finds room. */
static bool has_room(const struct ui_input *input)
{
    return input->move_count < UI_MOVES_MAX && input->key_count < UI_KEYS_MAX &&
           input->drop_count < UI_DROPS_MAX &&
           strlen(input->typed) + SDL_TEXTINPUTEVENT_TEXT_SIZE < UI_TYPED_MAX;
}

static void clear_input(struct window *window, struct ui_input *input)
{
    free_drops(window);
    input->move_count = input->key_count = input->drop_count = 0;
    input->typed[0] = 0;
    input->wheel = 0;
    input->left = input->focused = input->quit = input->ended = false;
}

static void measure_input(struct window *window, struct ui_input *input)
{
    int width, height;
    SDL_GetWindowSize(window->sdl, &width, &height);
    input->scale = find_scale(window);
    input->width = (float)width / window->per_point;
    input->height = (float)height / window->per_point;
    input->zoom_max = window->zoom_max;
    input->arrows = keys_arrows(SDL_GetKeyboardState(NULL), SDL_GetModState());
}

bool window_wait(struct window *window, struct ui_input *input, int milliseconds)
{
    SDL_Event event;
    clear_input(window, input);
    window->framed |= window->shown && !window->framed && screen_fit_frame(window->sdl);
    if (atomic_load(&window->quit)) /* perhaps before there was a queue to wake it by */
        milliseconds = 0;
    bool something = milliseconds < 0 ? SDL_WaitEvent(&event) == 1
                     : milliseconds > 0 ? SDL_WaitEventTimeout(&event, milliseconds) == 1
                                        : SDL_PollEvent(&event) == 1;
    input->now = clock_microseconds();
    measure_input(window, input);
    bool more = something;
    while (more) {
        if (event.type == window->wake_event)
            atomic_store(&window->woken, false);
        else
            fold_event(window, input, &event);
        more = has_room(input) && SDL_PollEvent(&event) == 1;
    }
    measure_input(window, input); /* a resize may be among the events */
    if (atomic_exchange(&window->quit, false))
        input->quit = input->ended = something = true;
    return something;
}

void window_end(struct window *window)
{
    atomic_store(&window->quit, true);
    window_wake(window);
}

void window_wake(struct window *window)
{
    if (atomic_exchange(&window->woken, true))
        return;
    SDL_Event event = {.type = window->wake_event};
    if (SDL_PushEvent(&event) != 1)
        atomic_store(&window->woken, false);
}

/* ---- painting -------------------------------------------------------------------------------- */

/* The pixels of the window. Some systems draw only through an accelerated texture. */
static SDL_Surface *take_surface(struct window *window)
{
    SDL_Surface *surface = SDL_GetWindowSurface(window->sdl);
    if (!surface) {
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "1");
        surface = SDL_GetWindowSurface(window->sdl);
    }
    bool fits = surface && surface->format->BytesPerPixel == 4 &&
                surface->format->Rmask == 0xff0000 && surface->format->Bmask == 0xff;
    return fits ? surface : NULL;
}

void window_paint(struct window *window, const struct ui_shapes *shapes, ui_color ground)
{
    if (!window->shown) {
        SDL_ShowWindow(window->sdl);
        window->shown = true;
        window->lost = true;
    }
    SDL_Surface *surface = take_surface(window);
    if (!surface)
        return;
    const struct paint_rect *rects;
    struct paint_target target = {surface->pixels, surface->w, surface->h, surface->pitch / 4};
    if (window->lost)
        painter_forget(window->painter);
    int count = paint_changes(window->painter, &target, shapes, find_scale(window), ground, &rects);
    _Static_assert(sizeof(struct paint_rect) == sizeof(SDL_Rect), "the same four integers");
    if (count > 0)
        window->lost =
            SDL_UpdateWindowSurfaceRects(window->sdl, (const SDL_Rect *)rects, count) != 0;
}

/* ---- the rest -------------------------------------------------------------------------------- */

void window_toggle_full_screen(struct window *window)
{
    bool full = SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_FULLSCREEN_DESKTOP;
    SDL_SetWindowFullscreen(window->sdl, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
}

void window_set_zoom(struct window *window, float zoom)
{
    zoom = clamp_float(zoom, window->zoom_least, window->zoom_max);
    if (zoom == window->zoom)
        return;
    window->zoom = zoom;
    find_scale(window);
    set_least_size(window);
    window_wake(window);
}

void window_set_cursor(struct window *window, enum ui_cursor cursor)
{
    static const SDL_SystemCursor kinds[CURSOR_COUNT] = {
        [UI_CURSOR_ARROW] = SDL_SYSTEM_CURSOR_ARROW,
        [UI_CURSOR_HAND] = SDL_SYSTEM_CURSOR_HAND,
        [UI_CURSOR_TEXT] = SDL_SYSTEM_CURSOR_IBEAM,
        [UI_CURSOR_CROSS] = SDL_SYSTEM_CURSOR_CROSSHAIR,
    };
    if (!window->cursors[cursor])
        window->cursors[cursor] = SDL_CreateSystemCursor(kinds[cursor]);
    if (window->cursors[cursor] && SDL_GetCursor() != window->cursors[cursor])
        SDL_SetCursor(window->cursors[cursor]);
}

struct ui_clipboard window_clipboard(struct window *window)
{
    return clipboard_open(&window->clipboard);
}
