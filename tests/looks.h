/* looks.h -- what is on screen, kept as text beside the tests, a line a shape: a change to how
 * something looks shows as a change of lines.
 *
 *     looks_expect(ui, shown, NULL, "tests/ui/golden/buttons.txt");
 *
 * Where a look is meant to change, run the test with INKLING_LOOKS=keep: it writes the files anew,
 * and the difference is there to be read (git diff) and committed.
 */
#ifndef TESTS_LOOKS_H
#define TESTS_LOOKS_H

#include "ui/ui.h"

/* Compares the shapes, and after them the controls of the last frame (ui NULL: none), with the
 * file, whose path is that in the project. Lengths are told in halves of a point, as the
 * mathematics library differs from machine to machine. Where texts may have `name` in them, which
 * is another each time, such as that of a temporary folder, "~" stands in its place; or NULL. */
void looks_expect(const struct ui *ui, const struct ui_shapes *shapes, const char *name,
                  const char *file);

/* The same of any text of lines. */
void looks_expect_text(const char *text, const char *name, const char *file);

#endif
