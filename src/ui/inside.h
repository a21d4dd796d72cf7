/* inside.h -- what the files of this folder share; nobody else includes it.
 *
 * The state of the ui, and the beats of every control: enter it in the list of controls
 * (ui_enter), ask what the pointer did (in the struct ui_touch that this returns) and what the
 * keys did (ui_activated, ui_next_key), draw.
 */
#ifndef UI_INSIDE_H
#define UI_INSIDE_H

#include "ui/ui.h"

enum {
    UI_LAYER_BASE,
    UI_LAYER_OVER,
    UI_LAYER_DIALOG,
    UI_LAYER_POPUP,
    UI_LAYER_TIP,
    UI_LAYER_COUNT
};
enum { UI_CLIPS_MAX = 32, UI_QUEUE_MAX = 128, UI_FIND_MAX = 32 };

struct ui_entry {
    struct ui_control shown;
    struct ui_rect whole; /* with the part that is clipped away */
    uint64_t id, group;
    int layer;
    bool tab_stop, in_grid; /* in_grid: Tab leads out of the group */
    int turn; /* items[k].turn is the place of the control whose turn is the k-th */
};

struct ui_entries {
    struct ui_entry *items;
    int count, room;
};

/* What the pointer did to a control in this frame. */
struct ui_touch {
    uint64_t id;
    bool hover, held, pressed, released, clicked, doubled;
    bool focus, ring; /* ring: the focus is to be seen */
    float x, y;       /* the last place of the pointer that counts for the control */
};

/* The text field that has the focus. Positions are bytes of its text. */
struct ui_edit {
    uint64_t id;
    size_t caret, anchor; /* what lies between them is selected */
    float scroll_x, scroll_y;
    bool changed, dragging;
    char number[48];      /* what has been typed into a number field */
};

struct ui_popup {
    uint64_t owner;     /* 0: none is open */
    struct ui_rect rect;
    int marked;         /* the row that Enter would choose */
    float scroll;
    bool seen, fresh;   /* its owner was called in this frame; it was opened in this frame */
};

/* The pen that keys move on a pad: its place in parts of the sides. */
struct ui_pen {
    float x, y;
    bool down, seen; /* seen: a pad was called in this frame */
};

/* Pixels that a view fills, in a room that is kept for the next frame. */
enum { UI_PIXELS_MAX = 256 };
struct ui_pixels {
    uint32_t *items;
    size_t room;
};

struct ui {
    struct ui_metrics metrics;
    struct ui_clipboard clipboard;
    char *own_clip; /* what was cut, if there is no system's clipboard */
    const struct ui_input *input;
    const struct ui_theme *theme;

    struct ui_shapes layers[UI_LAYER_COUNT], frame;
    struct ui_pixels pixels[UI_PIXELS_MAX];
    int pixel_count; /* of this frame */
    char cut[80], cut_next[80]; /* the first text that did not fit its place */
    int layer, layers_below[UI_LAYER_COUNT], layer_depth;
    struct ui_rect clips[UI_CLIPS_MAX];
    int clip_count;

    struct ui_entries entries[2]; /* of the last finished frame: entries[done] */
    int done;
    uint64_t layout_hash;
    bool layout_changed;
    uint64_t group;
    bool grid; /* it is a grid */
    int last; /* the control called last, for its tip: its place in the list; -1: none */

    /* The pointer: only gestures (from the first button down to its release) reach controls. */
    enum ui_button gesture;
    float x, y;
    bool present; /* the pointer is over the window */
    bool moved;   /* in this frame */
    struct ui_move moves[UI_MOVES_MAX], pad_moves[UI_MOVES_MAX];
    int move_count;
    uint64_t captured, captured_next; /* the control that holds the gesture */
    bool pressed, focus_claimed, wheel_used;
    enum ui_cursor cursor;

    /* Keys wait in the queue where one before them moves the focus. */
    struct ui_key queue[UI_QUEUE_MAX];
    int queue_count;
    char typed_queue[4 * UI_QUEUE_MAX + UI_TYPED_MAX];
    struct ui_key keys[UI_KEYS_MAX];
    char key_text[UI_KEYS_MAX][8]; /* what the key typed */
    bool key_used[UI_KEYS_MAX];
    int key_count;
    char typed[4 * UI_QUEUE_MAX + UI_TYPED_MAX]; /* what was typed beyond those keys */
    bool keyboard; /* the keyboard was used last, so that the focus is shown */
    uint64_t focus, focus_before; /* focus_before: at ui_begin */

    bool has_refused; /* what was entered into the number field called last was not taken so */
    char refused[48];
    struct ui_edit edit, left; /* left: the field that another took the focus from */
    struct ui_popup popup;
    bool popup_open; /* at ui_begin */
    uint64_t modal, modal_next, focus_below; /* focus_below: what had it before the dialog */
    struct ui_rect over, over_next;          /* what lies over the rest; w = 0: nothing does */

    uint64_t hover, hover_next, hover_since;
    bool hover_unmoved; /* the pointer rests since `hover` came under it */
    char tip[1000];
    struct ui_rect tip_anchor;
    uint64_t tip_of; /* the control that has given the tip */
    bool tip_by_key;
    uint64_t wake;

    char find[UI_FIND_MAX]; /* typed into a list to find a row */
    uint64_t find_at, find_list;

    struct ui_pen pen;

    uint64_t plot; /* the plot whose values the keyboard shows, and where */
    float plot_x;

    struct {
        uint64_t id;
        int first;
        float content, *scroll;
        struct ui_rect rect;
        char name[48];
    } area; /* the scrolling area that is open */
};

/* No two of these files need each other. */

/* ---- state.c ---- */
uint64_t ui_hash(const char *name);
uint64_t ui_hash_index(uint64_t id, int i);
struct ui_rect ui_window(const struct ui *ui);
void ui_close_popup(struct ui *ui);
void ui_free_pixels(struct ui *ui);
void ui_begin_layers(struct ui *ui);
void ui_layer_begin(struct ui *ui, int layer);
void ui_layer_end(struct ui *ui);

/* ---- pointer.c ---- */
void ui_begin_pointer(struct ui *ui);
/* Whether the pointer at (x, y) reaches a control in the current layer and clip. */
bool ui_reaches(const struct ui *ui, struct ui_rect rect, float x, float y);
/* The part of ui_enter for something that is no control of its own, such as a scroll bar. */
struct ui_touch ui_touch_at(struct ui *ui, uint64_t id, struct ui_rect rect, bool off);
float ui_take_wheel(struct ui *ui, struct ui_rect rect); /* lines, or 0 */

/* ---- controls.c ---- */
struct ui_touch ui_enter(struct ui *ui, const char *name, struct ui_rect rect, enum ui_role role,
                         const char *label, unsigned flags);
void ui_end_controls(struct ui *ui);

/* ---- tab_order.c ---- */
/* Fills the `turn` of as many as Tab reaches, which it returns. */
int ui_find_tab_order(struct ui_entries *list);
/* The nearest of the same group in the row below, or above; -1: there is none. *grid: whether the
 * group goes on in both directions, so that the key leads nowhere then. */
int ui_find_across(const struct ui_entries *list, int from, bool down, bool *grid);

/* ---- focus.c ---- */
void ui_begin_keys(struct ui *ui);
/* Whether keys go to this control: it has the focus and nothing lies over it. */
bool ui_hears(const struct ui *ui, const struct ui_touch *touch);
bool ui_activated(struct ui *ui, const struct ui_touch *touch); /* clicked, or Enter or Space */
/* The next key from *i on that nobody has used; *i is then after it. NULL: no more. */
struct ui_key *ui_next_key(struct ui *ui, int *i);
void ui_use_key(struct ui *ui, const struct ui_key *key);
void ui_end_focus(struct ui *ui);
/* The dialog that was there gives the focus back; a new one takes it. */
void ui_end_modal(struct ui *ui);

/* ---- text.c ---- */
struct ui_style {
    enum ui_font font;
    float size;
    ui_color color;
    bool figures;
};
struct ui_style ui_style_of(const struct ui *ui, unsigned flags, float height);
float ui_style_height(const struct ui *ui, const struct ui_style *style);
float ui_style_width(const struct ui *ui, const struct ui_style *style, const char *text,
                     size_t len);
void ui_draw_run(struct ui *ui, float x, float y, const struct ui_style *style, const char *text,
                 size_t len);
/* At most `width` points wide, with an ellipsis where it is cut. Returns the width drawn. */
float ui_draw_fitted(struct ui *ui, float x, float y, float width, const struct ui_style *style,
                     const char *text);
/* The next line of `text`: how many bytes are shown. *used: how many it takes up with the spaces or
 * the new line at its end; at least 1 while there is text. */
size_t ui_next_line(struct ui *ui, const struct ui_style *style, float width, const char *text,
                    size_t *used);
/* False where it was cut. */
bool ui_draw_heading(struct ui_shapes *shapes, const struct ui_metrics *metrics, ui_color color,
                     struct ui_rect rect, const char *text);
void ui_note_cut(struct ui *ui, const char *text); /* it does not fit */

/* ---- tip.c ---- */
void ui_draw_tip(struct ui *ui);
void ui_end_hover(struct ui *ui);

/* ---- field.c ---- */
/* ui_field without entering the control. */
unsigned ui_run_field(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, char *text,
                      size_t room, const struct ui_field *field, unsigned flags);

/* ---- button.c ---- */
void ui_draw_ring(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, float radius);
void ui_draw_box(struct ui *ui, const struct ui_touch *touch, struct ui_rect rect, unsigned flags);

/* ---- scroll.c ---- */
/* Draws and works the bar at the right of `view`; *scroll stays within the content. */
void ui_scroll_bar(struct ui *ui, uint64_t id, struct ui_rect view, float content, float *scroll);

#endif
