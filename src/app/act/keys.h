/* keys.h -- the keys of actions.def: what was pressed, and what to write of them. */
#ifndef APP_ACT_KEYS_H
#define APP_ACT_KEYS_H

#include "app/act/action.h"

struct ui;

enum { KEYS_TEXT_MAX = 40 };

/* Adds what is asked for by the keys that no control used. While a dialog is shown, only those that
 * work over it. */
void keys_take(struct ui *ui, enum app_view view, bool dialog, struct actions *actions);

/* "Ctrl Shift S", the first of an action's keys; "" where it has none. Returns text. */
char *keys_text(enum action_kind kind, char text[KEYS_TEXT_MAX]);

/* All of them, as in a table: "Ctrl Shift Z, Ctrl Y"; "0 to 9". Returns text. */
char *keys_list(enum action_kind kind, char *text, int size);

#endif
