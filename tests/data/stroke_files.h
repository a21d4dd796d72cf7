/* stroke_files.h -- a small file of pen strokes, for tests. */
#ifndef TESTS_STROKE_FILES_H
#define TESTS_STROKE_FILES_H

#include <string.h>

#include "data/unipen.h"
#include "data_files.h"

/* An 8 of one stroke and a 1 of two. */
static const char two_digits[] = ".INCLUDE x.doc\n.LEXICON \"0\" \"1\"\n.HIERARCHY DIGIT\n\n"
                                 ".SEGMENT DIGIT    0 ? \"8\"\n.COMMENT 8 12  224\n.PEN_DOWN\n"
                                 " 267  333\n 267.5  336\n -3 4e1\n.PEN_UP\n.DT 100\n"
                                 ".SEGMENT DIGIT    1 ? \"1\"\r\n.PEN_DOWN\r\n 5 5\r\n.PEN_UP\r\n"
                                 ".PEN_DOWN\n 7 8\n.PEN_UP\n";

/* What is read from a file of that text, for the caller to free. */
static inline struct unipen *load_strokes(const char *text, struct err *err)
{
    write_text("s.unp", text);
    return unipen_load(path_of("s.unp"), err);
}

#endif
