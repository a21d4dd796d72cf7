/* tables.h -- the tables that a build has; kern.c chooses among them. For kern/ alone. */
#ifndef KERN_TABLES_H
#define KERN_TABLES_H

#include "kern/kern.h"

extern const struct kern kern_c, kern_avx2, kern_avx512, kern_neon;

#endif
