/* reveal.h -- shows a folder where the person looks at files. */
#ifndef SYS_REVEAL_H
#define SYS_REVEAL_H

#include <stdbool.h>

struct err;

/* Asks the desktop for its file manager. False with a sentence: it has none that is known. */
bool reveal_folder(const char *folder, struct err *err);

#endif
