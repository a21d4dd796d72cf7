/* input.h -- what the person did since the last frame, folded from the window's events.
 *
 * A fast stroke brings many pointer samples in one frame; all of them are kept in `moves`, in
 * order, so that no stroke has gaps and no click is lost. Lengths are in points.
 */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

enum ui_button { UI_BUTTON_NONE, UI_BUTTON_LEFT, UI_BUTTON_RIGHT, UI_BUTTON_MIDDLE };

enum ui_move_kind { UI_MOVE, UI_PRESS, UI_RELEASE };

/* One pointer sample. A finger or a pen comes as UI_BUTTON_LEFT, an eraser as UI_BUTTON_RIGHT. */
struct ui_move {
    enum ui_move_kind kind;
    enum ui_button button; /* what was pressed or released; for a move, what is held */
    float x, y;
    int clicks;            /* 2 for the press of a double click */
    uint64_t microseconds; /* when it happened, on the clock of struct ui_input.now */
};

enum ui_key_mod { UI_SHIFT = 1, UI_CTRL = 2, UI_ALT = 4 };

/* A key that went down (or repeats). `key` is the character that it types, a letter as a small one
 * ('a', '7', '[', ' '), or one of ui_key_name. Shift is told where it does not lie in the character
 * already: with letters and names, not with the 1 of a French keyboard. */
enum ui_key_name {
    UI_KEY_ENTER = 0x10000, UI_KEY_ESCAPE, UI_KEY_TAB, UI_KEY_BACKSPACE, UI_KEY_DELETE,
    UI_KEY_LEFT, UI_KEY_RIGHT, UI_KEY_UP, UI_KEY_DOWN, UI_KEY_HOME, UI_KEY_END,
    UI_KEY_PAGE_UP, UI_KEY_PAGE_DOWN, UI_KEY_F1, UI_KEY_F5, UI_KEY_F6, UI_KEY_F11,
};

struct ui_key {
    int key;
    unsigned mods;
    bool repeat; /* it is held down */
};

/* The bit of an arrow key in ui_input.arrows. */
#define UI_ARROW(key) (1u << ((key) - UI_KEY_LEFT))

enum { UI_MOVES_MAX = 4096, UI_KEYS_MAX = 32, UI_TYPED_MAX = 256, UI_DROPS_MAX = 16 };

struct ui_input {
    float width, height; /* of the window, in points */
    float scale;         /* pixels per point */
    float zoom_max;      /* how much larger all can be made on this screen; 0: no limit */
    uint64_t now;        /* microseconds, monotonic */
    struct ui_move moves[UI_MOVES_MAX];
    int move_count;
    float wheel;         /* lines scrolled, up is positive */
    struct ui_key keys[UI_KEYS_MAX];
    int key_count;
    unsigned arrows;     /* those that are held */
    char typed[UI_TYPED_MAX]; /* text typed or pasted, UTF-8 */
    char *drops[UI_DROPS_MAX]; /* paths dropped onto the window; owned by whoever folds */
    int drop_count;
    bool left;           /* the pointer left the window */
    bool focused;        /* the window came to the front: what is typed comes to it from now on */
    bool quit;           /* the window was asked to close */
    bool ended;          /* by a signal: nobody may be there to answer a question */
};

#endif
