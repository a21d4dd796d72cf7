/* evaluation_table.h -- an evaluation as a table for a spreadsheet. */
#ifndef APP_STATE_EVALUATION_TABLE_H
#define APP_STATE_EVALUATION_TABLE_H

#include <stdbool.h>
#include <stdint.h>

struct err;
struct evaluated;
struct robust_figures;

/* The confusion matrix, a row a label, with the accuracy of each and its standard error; below it
 * the reliability diagram, a row a bin of confidence. False with a sentence. */
/* The accuracy under each disturbance at each strength, of one model, and of another or NULL. */
bool robust_table_save(const struct robust_figures *figures, const struct robust_figures *other,
                       const char *path, struct err *err);

/* A row for each of those images of the set: its label, answer, confidence and verdict. */
bool images_table_save(const struct evaluated *result, const uint32_t *images, uint32_t count,
                       const char *path, struct err *err);

bool evaluation_table_save(const struct evaluated *result, const char *path, struct err *err);

#endif
