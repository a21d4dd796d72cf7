/* path_field.h -- a field for a name or a path, which are bytes and need not be text.
 *
 * It shows them as text, with a mark in place of what is none (folder.h), and what is edited there
 * is changed in the bytes; what is left as it was keeps its bytes, so that it still names the file.
 */
#ifndef APP_FILES_PATH_FIELD_H
#define APP_FILES_PATH_FIELD_H

struct ui;
struct ui_field;
struct ui_rect;

/* `path` has FILES_PATH_MAX bytes; what would not fit is not taken. Returns what ui_field does. */
unsigned path_field(struct ui *ui, const char *name, struct ui_rect rect, char *path,
                    const struct ui_field *field);

#endif
