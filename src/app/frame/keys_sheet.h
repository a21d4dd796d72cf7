/* keys_sheet.h -- the sheet of all keys, made of the rows of act/actions.def. */
#ifndef APP_FRAME_KEYS_SHEET_H
#define APP_FRAME_KEYS_SHEET_H

struct actions;
struct ui;

/* The sheet's own state. From zeros. */
struct keys_sheet {
    float scroll;
};

/* A dialog. Asks for ACT_KEYS to go away: by Escape, its button, or a press beside it. */
void keys_sheet_show(struct keys_sheet *sheet, struct ui *ui, struct actions *actions);

#endif
