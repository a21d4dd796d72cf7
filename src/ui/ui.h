/* ui.h -- an immediate-mode user interface that knows no window.
 *
 * Whenever something happened, the app calls ui_begin with what the person did, then one function
 * for each control that is to be on screen, then ui_end, which returns the shapes to paint:
 *
 *     ui_begin(ui, input, ui_theme_dark());
 *     if (ui_button(ui, "clear", rect, "Clear", 0))
 *         ...
 *     ui_tip(ui, "Start again with an empty canvas (C)");
 *     const struct ui_shapes *shapes = ui_end(ui);
 *
 * A control is known from frame to frame by its name, which no other has in that frame. The name is
 * also how scripts and tests find it: ui_control() lists every control of the last frame with its
 * rectangle. Values belong to the caller; the ui remembers only what is its own affair (focus, what
 * is held, which list is open, the caret).
 *
 * A control does all its input in one go, in the order in which it happened: a press and a release
 * in one frame are a click. What lies under an open list or dialog gets no input.
 *
 * Text given to a function is copied. Where a function takes `flags`, they are of enum ui_flag.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "ui/input.h"
#include "ui/layout.h"
#include "ui/shape.h"
#include "ui/theme.h"

struct err;
struct ui;

/* How text is measured, in points; whoever paints text gives it. `size` is that of struct
 * ui_shape. */
struct ui_metrics {
    void *user;
    float (*width)(void *user, enum ui_font font, float size, const char *text, size_t len);
    float (*ascent)(void *user, enum ui_font font, float size); /* from the top to the base line */
    float (*height)(void *user, enum ui_font font, float size); /* of a line */
};

/* The system's clipboard. */
struct ui_clipboard {
    void *user;
    const char *(*get)(void *user); /* NULL: nothing there; lasts until the next call */
    void (*set)(void *user, const char *text);
};

/* ---- a frame ------------------------------------------------------------------------------- */

/* Both contracts are copied; `clipboard` may be NULL, and cut and paste then work within the ui. */
struct ui *ui_new(const struct ui_metrics *metrics, const struct ui_clipboard *clipboard,
                  struct err *err);
void ui_free(struct ui *ui); /* NULL is fine */

/* `input` and `theme` must live until ui_end. */
void ui_begin(struct ui *ui, const struct ui_input *input, const struct ui_theme *theme);

/* The shapes belong to `ui` and last until the next ui_begin. */
const struct ui_shapes *ui_end(struct ui *ui);

/* When the next frame is due even if nothing happens, on the clock of struct ui_input.now: now (or
 * before) if this frame opened something, later for a tooltip, UI_NEVER for none. */
#define UI_NEVER UINT64_MAX
uint64_t ui_wake(const struct ui *ui);

/* Asks for a frame at that time at the latest. */
void ui_wake_at(struct ui *ui, uint64_t when);

/* Asks for another frame at once: what this one has shown changed after it was called. */
void ui_again(struct ui *ui);

enum ui_cursor { UI_CURSOR_ARROW, UI_CURSOR_HAND, UI_CURSOR_TEXT, UI_CURSOR_CROSS };
enum ui_cursor ui_cursor(const struct ui *ui);

const struct ui_theme *ui_theme(const struct ui *ui);
const struct ui_metrics *ui_metrics(const struct ui *ui);
const struct ui_input *ui_input(const struct ui *ui);
/* The list that is being filled, for a view's own shapes; another one inside a dialog. */
struct ui_shapes *ui_shapes(struct ui *ui);

/* Room for the pixels of a picture (struct ui_image), until the next ui_begin. NULL: memory is
 * short, or there are too many pictures. */
uint32_t *ui_pixels(struct ui *ui, size_t count);

/* ---- what is on screen ----------------------------------------------------------------------- */

enum ui_role {
    UI_ROLE_BUTTON, UI_ROLE_TOGGLE, UI_ROLE_TAB, UI_ROLE_FIELD, UI_ROLE_NUMBER, UI_ROLE_SLIDER,
    UI_ROLE_CHECK, UI_ROLE_SELECT, UI_ROLE_OPTION, UI_ROLE_MENU, UI_ROLE_LIST, UI_ROLE_PROGRESS,
    UI_ROLE_VALUE, UI_ROLE_CANVAS, UI_ROLE_PLOT, UI_ROLE_DIALOG, UI_ROLE_AREA,
};

struct ui_control {
    char name[48];
    char label[80];      /* what it says, for screen readers */
    char tip[160];       /* its explanation, as far as there is room; or "" */
    struct ui_rect rect; /* the part that can be seen; w = 0 when it is scrolled out of sight */
    enum ui_role role;
    bool focus, off, on; /* on: toggles, tabs, checks */
    bool over;           /* lies over the rest: ui_over_begin, dialogs, open lists */
};

/* The controls of the last finished frame, in the order in which they were called. */
int ui_control_count(const struct ui *ui);
const struct ui_control *ui_control(const struct ui *ui, int i);
const struct ui_control *ui_find_control(const struct ui *ui, const char *name); /* or NULL */
/* Whether a name or a rectangle changed with the last finished frame: log the layout. */
bool ui_layout_changed(const struct ui *ui);
/* The first text of the last finished frame that was cut for want of room; NULL: all is whole. */
const char *ui_cut_text(const struct ui *ui);

/* ---- keys and focus ------------------------------------------------------------------------ */

/* Tab goes through the controls in the order in which they were called, but through each row of
 * them from its left. */

/* Whether the key was pressed and no control has used it. Call it after the controls, for the
 * app's own shortcuts: ui_key(ui, 't', UI_CTRL). Uses the key up. Modifiers must match exactly. A
 * key that is held down is told once. */
bool ui_key(struct ui *ui, int key, unsigned mods);

/* The same for what goes on while the key is held: how often it was pressed or repeated. */
int ui_key_held(struct ui *ui, int key, unsigned mods);

/* Gives the focus to that control; a field of one line then has all of its text selected. NULL:
 * nothing has it. */
void ui_focus(struct ui *ui, const char *name);
bool ui_has_focus(const struct ui *ui, const char *name);
/* From here on the focus is seen, as if a key had brought it there: a question shows its answer. */
void ui_show_focus(struct ui *ui);

/* Whether the next that was typed in this frame, and is not used up, begins with that character. */
bool ui_types(const struct ui *ui, char character);

/* Controls between these are a group: the arrow keys move the focus among them, by rows where they
 * stand in several, and Home and End to the first and the last. No nesting. */
void ui_group_begin(struct ui *ui, const char *name);
void ui_group_end(struct ui *ui);
/* The same for so many controls that nobody wants to pass them all: Tab leads from any of them to
 * the next control that is not in the group. */
void ui_grid_begin(struct ui *ui, const char *name);

/* ---- text ---------------------------------------------------------------------------------- */

enum ui_flag {
    /* text */
    UI_CENTER = 1 << 0, UI_RIGHT = 1 << 1, /* else left */
    UI_QUIET = 1 << 2, UI_ACCENT = 1 << 3, UI_SECOND = 1 << 4, UI_GOOD = 1 << 5, /* colours */
    UI_BOLD = 1 << 6, UI_MONO = 1 << 7,
    UI_LITTLE = 1 << 8,  /* 12 points; also a low button */
    UI_BIG = 1 << 9,     /* 24 points */
    UI_HUGE = 1 << 10,   /* as high as the rectangle */
    UI_FIGURES = 1 << 11, /* digits of equal width, so that nothing moves when one changes */
    UI_KEYCAP = 1 << 12, /* a part that is the picture of a key */
    UI_TOP = 1 << 13,    /* at the top of the rectangle rather than in its middle */
    UI_SHRINK = 1 << 14, /* of texts that may not fit: a size smaller rather than the next one */
    /* controls */
    UI_OFF = 1 << 16,     /* cannot be used now */
    UI_ON = 1 << 17,      /* a toggle button that is down */
    UI_PRIMARY = 1 << 18, /* the one main button */
    UI_TOGGLE = 1 << 19,  /* a button that stays down: give UI_ON for its state */
    UI_BARE = 1 << 20,    /* a button without a box until the pointer is over it */
    UI_LINES = 1 << 21,   /* a text field of several lines */
    UI_NO_FOCUS = 1 << 22, /* not reached by Tab */
};

/* One line in the middle of the height of `rect`, cut with an ellipsis where it does not fit.
 * Returns its width. */
float ui_label(struct ui *ui, struct ui_rect rect, unsigned flags, const char *text);
float ui_label_width(struct ui *ui, unsigned flags, const char *text);
/* The first of the texts, from long to short, that fits; where none does, the last, cut. With
 * UI_SHRINK each may be a size smaller, and where none fits nothing is drawn and 0 returned:
 * ui_wrapped can then say it. */
float ui_label_fitting(struct ui *ui, struct ui_rect rect, unsigned flags,
                       const char *const *texts, int count);

/* One line of differently written parts: "Model", "swift-cnn" in bold, a key-cap. */
struct ui_part {
    const char *text;
    unsigned flags;
};
float ui_parts(struct ui *ui, struct ui_rect rect, unsigned flags, const struct ui_part *parts,
               int count);
float ui_parts_width(struct ui *ui, const struct ui_part *parts, int count);

/* Text broken into lines from the top of `rect`, the last one with an ellipsis where more does not
 * fit. Returns its height. A new line in the text is one. */
float ui_wrapped(struct ui *ui, struct ui_rect rect, unsigned flags, const char *text);
float ui_wrapped_height(struct ui *ui, float width, unsigned flags, const char *text);

/* 12 point capitals with space between them, at the top of `rect`. UTF-8 beyond ASCII stays. */
void ui_heading(struct ui *ui, struct ui_rect rect, const char *text);

/* ---- things that show ---------------------------------------------------------------------- */

/* A panel with a heading (NULL: none). Returns the space left inside. */
struct ui_rect ui_card(struct ui *ui, struct ui_rect rect, const char *heading);
void ui_separator(struct ui *ui, struct ui_rect rect); /* a line across the middle of rect */
void ui_progress(struct ui *ui, const char *name, struct ui_rect rect, float fraction);

/* One of the ten answers: label, bar, and `value` written at the right in a column of its own. */
struct ui_bar {
    const char *label, *value, *widest; /* widest: the longest that value can be, "100.0 %" */
    float fraction;
    bool top;                           /* the answer: in the accent colour */
};
void ui_value_bar(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_bar *bar);

/* Enters something the view drew itself into the list of controls; it can have a tip. Returns
 * whether the pointer is over it. */
bool ui_area(struct ui *ui, const char *name, struct ui_rect rect, enum ui_role role,
             const char *label);

/* The explanation of the control called just before: shown after half a second of hover, or at
 * once when the keyboard brought the focus there. */
void ui_tip(struct ui *ui, const char *text);

/* ---- controls -------------------------------------------------------------------------------- */

/* True when it was clicked (released inside; sliding off cancels) or pressed by Enter or Space. */
bool ui_button(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               unsigned flags);
bool ui_button_parts(struct ui *ui, const char *name, struct ui_rect rect,
                     const struct ui_part *parts, int count, unsigned flags);
float ui_button_width(struct ui *ui, const char *label, unsigned flags); /* that suits it */

/* Tabs side by side over the width of `rect`, each as wide as its label needs. Returns which is
 * current now. The name is the control's: "tab-train". */
struct ui_tab {
    const char *name, *label, *tip;
};
int ui_tabs(struct ui *ui, struct ui_rect rect, const struct ui_tab *tabs, int count, int current);

/* How wide they are where there is so much room: closer together where that is little. */
float ui_tabs_width(struct ui *ui, const struct ui_tab *tabs, int count, float room);

bool ui_check(struct ui *ui, const char *name, struct ui_rect rect, const char *label, bool *on,
              unsigned flags); /* true when it changed */
bool ui_switch(struct ui *ui, const char *name, struct ui_rect rect, const char *label, bool *on,
               unsigned flags); /* the same, with the label at the left and a switch at the right */

/* True while it changes. step: what an arrow key and the wheel do, and what the value snaps to; 0
 * for a hundredth of the range and no snapping. */
struct ui_range {
    double min, max, step;
};
bool ui_slider(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               double *value, struct ui_range range, unsigned flags);

/* What a field did in this frame. */
enum ui_field_event {
    UI_FIELD_CHANGED = 1,
    UI_FIELD_ENTERED = 2, /* Enter (Ctrl Enter where there are several lines), or the focus went */
};

/* A text field on text[room], zero-terminated UTF-8 that is shorter than `room`: the size of the
 * array that holds it, not that of what the text is for. `error`, if any, is a sentence: the edge
 * is marked and the sentence shows as the tip. UI_LINES: several lines; UI_MONO. */
struct ui_field {
    const char *label;       /* for screen readers */
    const char *placeholder; /* shown while it is empty; or NULL */
    const char *error;       /* or NULL */
};
unsigned ui_field(struct ui *ui, const char *name, struct ui_rect rect, char *text, size_t room,
                  const struct ui_field *field, unsigned flags);

/* A number within limits. While it has the focus, arrow up and down and the wheel change it by
 * `step`; with `times` they go to the next of 1, 2, 5, 10, ... instead. What is typed is taken when
 * it is entered, and put within the limits; `digits` after the point, or -1 for as many as it
 * needs. */
struct ui_number {
    const char *label;
    double min, max, step;
    int digits;
    bool times;
};
bool ui_number(struct ui *ui, const char *name, struct ui_rect rect, double *value,
               const struct ui_number *number, unsigned flags); /* true when it changed */

/* What was entered in this frame into the number field called just before, where it was not taken
 * as it stands: it is no number, no whole one, or beyond the limits. NULL: nothing was, or it was
 * taken. Whoever called says so, or the person will not know why something else stands there. */
const char *ui_refused(const struct ui *ui);

/* A drop-down list. True when *chosen changed. Its open rows are controls "NAME/0", "NAME/1" ... */
bool ui_select(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
               const char *const *items, int count, int *chosen, unsigned flags);

/* A button that opens a menu. Returns the chosen item, or -1. An item with a NULL label is a
 * line. */
struct ui_item {
    const char *name;   /* the control's, "open-model"; NULL: "NAME/3" */
    const char *label;
    const char *detail; /* at the right: its key, a size; or NULL */
    bool off, on;       /* on: has a tick */
};
int ui_menu(struct ui *ui, const char *name, struct ui_rect rect, const struct ui_part *parts,
            int part_count, const struct ui_item *items, int count, unsigned flags);

/* A scrolling list of rows. Arrow, page, home and end keys move `selected`; typing finds a row that
 * starts so; Enter or a double click chooses. */
struct ui_list {
    int selected;  /* -1: none */
    float scroll;  /* points above the top */
};
struct ui_row {
    const char *text, *detail; /* detail: quiet, at the right; or NULL */
    unsigned flags;            /* for the text: UI_QUIET, UI_BOLD ... */
};
enum { UI_LIST_NONE, UI_LIST_SELECTED, UI_LIST_CHOSEN };
/* Asks `row` for those rows that can be seen (and, while typing, for all). Returns one of the
 * above. The strings of a row must last until `row` is asked again. */
int ui_list(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
            struct ui_list *list, int count, struct ui_row (*row)(void *user, int i), void *user);

/* What happened on a surface that the view draws itself, such as the canvas. Whoever comes there by
 * the keyboard moves a pen with the arrows, puts it down and lifts it with Space or Enter, and
 * leaves with Escape: x and y are then where it is, hover is true, and its samples are among the
 * moves. */
struct ui_pad {
    const struct ui_move *moves; /* a press inside, every move until its release, the release; in
                                    order, whichever the button; last until the next ui_pad */
    int count;
    bool hover, held, focus;     /* held: between press and release */
    float x, y;                  /* the pointer, where hover or held */
};
struct ui_pad ui_pad(struct ui *ui, const char *name, struct ui_rect rect, const char *label,
                     enum ui_cursor cursor);

/* ---- layers -------------------------------------------------------------------------------- */

/* A dialog of w x h in the middle of the window, over everything, which is dimmed and gets no input
 * until a frame without the dialog. What is called before ui_modal_end is in it. One at a time.
 * Returns the space inside, below the title. ui_modal_end: true when Escape was pressed. */
struct ui_rect ui_modal_begin(struct ui *ui, const char *name, float w, float h, const char *title);
bool ui_modal_end(struct ui *ui);

/* What is called until ui_over_end lies over what else is in `rect`, which gets no pointer there
 * from the next frame on. Tab reaches it with all the others. ui_over_end paints it with that part
 * of its colours' strength, 1 for all. One at a time; dialogs and lists lie over it. */
void ui_over_begin(struct ui *ui, struct ui_rect rect);
void ui_over_end(struct ui *ui, float strength);

/* Nothing is painted or touched outside rect until ui_clip_end. They nest. */
void ui_clip_begin(struct ui *ui, struct ui_rect rect);
void ui_clip_end(struct ui *ui);

/* A part of the screen that scrolls: `content` is the height of what is in it, *scroll is kept
 * by the caller from 0. Returns the rectangle to put it in, content high and moved up by
 * *scroll. The focus brings its control into sight. */
struct ui_rect ui_scroll_begin(struct ui *ui, const char *name, struct ui_rect rect, float content,
                               float *scroll);
void ui_scroll_end(struct ui *ui);

#endif
