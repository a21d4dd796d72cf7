/* SPDX-License-Identifier: MIT */
#include "sys/reveal.h"

#include <SDL.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/language.h"

/* As it stands in a URL: all but letters, digits and a few signs as %20. The caller frees it. */
static char *write_url(const char *folder)
{
    static const char begin[] = "file://", plain[] = "/-_.~";
    char *url = malloc(sizeof begin + 3 * strlen(folder)), *to = url;
    if (!url)
        return NULL;
    to += sprintf(to, "%s", begin);
    for (const char *at = folder; *at; at++) {
        unsigned char c = (unsigned char)*at;
        to += sprintf(to, isalnum(c) || strchr(plain, c) ? "%c" : "%%%02X", c);
    }
    return url;
}

bool reveal_folder(const char *folder, struct err *err)
{
    char *url = write_url(folder);
    if (!url)
        return err_memory(err, _("the folder"));
    bool done = SDL_OpenURL(url) == 0;
    free(url);
    return done || err_set(err, _("No program was found that shows folders; it is %s."), folder);
}
