/* SPDX-License-Identifier: MIT */
#include "sys/window.h"

#include <SDL.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/err.h"
#include "sys/clamp.h"
#include "sys/keys.h"
#include "sys/paint.h"
#include "sys/signals.h"

enum { CURSOR_COUNT = UI_CURSOR_CROSS + 1, ICON_SIZE = 64 };

struct window {
    SDL_Window *sdl;
    struct painter *painter;
    float override;  /* pixels per point by $INKLING_SCALE, or 0 */
    float per_point; /* SDL's own units for a mouse per point */
    bool shown;
    bool lost;       /* what is on screen may be gone */
    SDL_FingerID finger; /* the finger that draws, while finger_down */
    bool finger_down;
    unsigned held;   /* mouse buttons, a bit of enum ui_button each */
    unsigned mods;   /* of the last key, enum ui_key_mod */
    bool unanswered; /* the last key that types has typed nothing yet */
    SDL_Cursor *cursors[CURSOR_COUNT];
    char *clipboard;
    char *drops[UI_DROPS_MAX]; /* as in the last input */
    int drop_count;
    Uint32 wake_event;

    struct signals signals;

    /* any thread */
    atomic_bool woken;   /* a wake event is in the queue */
    atomic_bool quit;    /* a signal asked for the end */
};

/* From the thread that waits for signals. */
static void ask_for_end(void *user)
{
    struct window *window = user;
    atomic_store(&window->quit, true);
    window_wake(window);
}

/* ---- opening --------------------------------------------------------------------------------- */

static float read_scale(void)
{
    const char *text = getenv("INKLING_SCALE");
    float scale = text ? strtof(text, NULL) : 0;
    return scale >= 0.5f && scale <= 8 ? scale : 0;
}

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

static struct ui_shape icon_line(uint32_t at, uint32_t count)
{
    return (struct ui_shape){.kind = UI_SHAPE_LINE, .fill = 0x56b4e9ff, .at = at, .count = count,
                             .width = 8};
}

/* A seven in ink on a dark tile. */
static void set_icon(struct window *window)
{
    static uint32_t pixels[ICON_SIZE * ICON_SIZE];
    float seven[] = {18, 17, 46, 17, 28, 49};
    struct ui_shape items[] = {
        {.kind = UI_SHAPE_BOX, .rect = {0, 0, ICON_SIZE, ICON_SIZE}, .fill = 0x151a21ff,
         .edge = 0x303a46ff, .width = 2, .radius = 12},
        icon_line(0, 3),
    };
    struct ui_shapes shapes = {.items = items, .count = 2, .points = seven, .point_len = 6};
    struct paint_target target = {pixels, ICON_SIZE, ICON_SIZE, ICON_SIZE};
    paint_all(window->painter, &target, &shapes, 1, 0x0e1116ff);
    SDL_Surface *icon = SDL_CreateRGBSurfaceWithFormatFrom(
        pixels, ICON_SIZE, ICON_SIZE, 32, ICON_SIZE * 4, SDL_PIXELFORMAT_ARGB8888);
    if (icon)
        SDL_SetWindowIcon(window->sdl, icon);
    SDL_FreeSurface(icon);
}

/* The size in pixels, and so the scale, may change while the window moves between screens. */
static float find_scale(struct window *window)
{
    int points = 0, pixels = 0;
    SDL_GetWindowSize(window->sdl, &points, NULL);
    SDL_GetWindowSizeInPixels(window->sdl, &pixels, NULL);
    float scale = points > 0 && pixels > 0 ? (float)pixels / (float)points : 1;
    window->per_point = 1;
    if (window->override > 0) {
        window->per_point = window->override / scale;
        scale = window->override;
    }
    return scale;
}

static bool open_sdl_window(struct window *window, const char *title, float width, float height,
                            struct err *err)
{
    float unit = window->override > 0 ? window->override : 1;
    width = max_float(width, WINDOW_WIDTH_MIN) * unit;
    height = max_float(height, WINDOW_HEIGHT_MIN) * unit;
    window->sdl = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED,
                                   (int)width, (int)height,
                                   SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI |
                                       SDL_WINDOW_HIDDEN);
    if (!window->sdl)
        return err_set(err, "The window cannot be opened: %s.", SDL_GetError());
    SDL_SetWindowMinimumSize(window->sdl, (int)(WINDOW_WIDTH_MIN * unit),
                             (int)(WINDOW_HEIGHT_MIN * unit));
    find_scale(window);
    set_icon(window);
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
    return err_set(err, "There is no display to open a window on; start it from a desktop, or set "
                        "DISPLAY.");
}

struct window *window_open(const char *title, float width, float height, struct fonts *fonts,
                           struct err *err)
{
    struct window *window = calloc(1, sizeof *window);
    if (!window) {
        err_memory(err, "the window");
        return NULL;
    }
    window->wake_event = SDL_RegisterEvents(1);
    window->override = read_scale();
    window->painter = painter_new(fonts, err);
    signals_hold(&window->signals);
    set_hints();
    if (!window->painter || !start_video(err) ||
        !open_sdl_window(window, title, width, height, err) ||
        !signals_start(&window->signals, ask_for_end, window, err)) {
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
    signals_stop(&window->signals);
    free_drops(window);
    SDL_free(window->clipboard);
    for (int i = 0; i < CURSOR_COUNT; i++)
        if (window->cursors[i])
            SDL_FreeCursor(window->cursors[i]);
    if (window->sdl) {
        settle_messages(window);
        SDL_DestroyWindow(window->sdl);
    }
    painter_free(window->painter);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    signals_release(&window->signals);
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
    case SDL_WINDOWEVENT_LEAVE:
        input->left = window->held == 0;
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
    input->left = input->quit = input->ended = false;
}

static void measure_input(struct window *window, struct ui_input *input)
{
    int width, height;
    SDL_GetWindowSize(window->sdl, &width, &height);
    input->scale = find_scale(window);
    input->width = (float)width / window->per_point;
    input->height = (float)height / window->per_point;
}

bool window_wait(struct window *window, struct ui_input *input, int milliseconds)
{
    SDL_Event event;
    clear_input(window, input);
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

void window_set_title(struct window *window, const char *title)
{
    if (strcmp(title, SDL_GetWindowTitle(window->sdl)) != 0)
        SDL_SetWindowTitle(window->sdl, title);
}

void window_toggle_full_screen(struct window *window)
{
    bool full = SDL_GetWindowFlags(window->sdl) & SDL_WINDOW_FULLSCREEN_DESKTOP;
    SDL_SetWindowFullscreen(window->sdl, full ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP);
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

static const char *read_clipboard(void *user)
{
    struct window *window = user;
    SDL_free(window->clipboard);
    window->clipboard = SDL_HasClipboardText() ? SDL_GetClipboardText() : NULL;
    return window->clipboard;
}

static void write_clipboard(void *user, const char *text)
{
    (void)user;
    SDL_SetClipboardText(text);
}

struct ui_clipboard window_clipboard(struct window *window)
{
    return (struct ui_clipboard){window, read_clipboard, write_clipboard};
}
