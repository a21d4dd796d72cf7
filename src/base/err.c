/* SPDX-License-Identifier: MIT */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/language.h"
#include "base/text.h"

bool err_set(struct err *err, const char *format, ...)
{
    if (!err)
        return false;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    text_mend(err->text);
    return false;
}

bool err_memory(struct err *err, const char *what)
{
    return err_set(err, _("There is not enough memory for %s; close other programs and try again."),
                   what);
}
