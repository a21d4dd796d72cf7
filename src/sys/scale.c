/* SPDX-License-Identifier: MIT */
#include "sys/scale.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clamp.h"
#include "base/files.h"
#include "base/paths.h"

enum {
    USUAL_DPI = 96,
    RESOURCES_SIZE_MAX = 1 << 20,
    PATIENCE = 300, /* milliseconds for an answer */
};

/* ---- what was said --------------------------------------------------------------------------- */

/* A decimal number, with a point whatever the person's language writes; *end is after it. */
static float read_number(const char *text, const char **end)
{
    float value = 0, part = 1;
    bool any = false;
    for (; *text >= '0' && *text <= '9' && value < 1e6f; text++, any = true)
        value = 10 * value + (float)(*text - '0');
    if (*text == '.')
        for (text++; *text >= '0' && *text <= '9'; text++, any = true)
            value += (float)(*text - '0') * (part /= 10);
    *end = text;
    return any ? value : -1;
}

float scale_read(const char *text)
{
    if (!text)
        return 0;
    const char *end;
    float scale = read_number(text, &end);
    return !*end && scale >= SCALE_MIN && scale <= SCALE_MAX ? scale : 0;
}

/* The value of Xft.dpi as a scale, in eighths; 0 where it is not there. */
static float read_dpi(const char *resources)
{
    float scale = 0;
    for (const char *line = resources; line && *line; line += strcspn(line, "\n")) {
        line += strspn(line, " \t\n");
        if (strncmp(line, "Xft.dpi", 7) != 0 && strncmp(line, "Xft*dpi", 7) != 0)
            continue;
        const char *value = line + 7, *end;
        value += strspn(value, " \t");
        if (*value++ != ':')
            continue;
        float dpi = read_number(value + strspn(value, " \t"), &end) / USUAL_DPI;
        if (dpi >= SCALE_MIN && dpi <= SCALE_MAX)
            scale = roundf(8 * dpi) / 8; /* of several lines the last counts */
    }
    return scale;
}

/* In halves, and 1 for all screens that are not much denser than usual. */
static float guess_scale(int width, int height)
{
    float longer = (float)(width > height ? width : height);
    float shorter = (float)(width > height ? height : width);
    float scale = floorf(2 * fminf(longer / 1920, shorter / 1080)) / 2;
    return clamp_float(scale, 1, SCALE_MAX);
}

float scale_choose(const struct scale_words *words)
{
    float gdk = scale_read(words->gdk), qt = scale_read(words->qt);
    if (gdk == 0)
        gdk = scale_read(words->gdk_dpi); /* beside the other it only corrects the text */
    if (gdk > 0 || qt > 0)
        return fmaxf(gdk, qt);
    float dpi = read_dpi(words->resources);
    return dpi > 0 ? dpi : guess_scale(words->width, words->height);
}

/* ---- the X resources ------------------------------------------------------------------------- */

struct process scale_ask(void)
{
    static char *const command[] = {"xrdb", "-query", NULL};
    return process_ask(command);
}

static char *read_home(const char *name)
{
    char home[FILES_PATH_MAX], path[FILES_PATH_MAX];
    size_t size;
    if (!paths_join(files_home(home), name, path))
        return NULL;
    return (char *)files_read(path, RESOURCES_SIZE_MAX, &size, NULL);
}

char *scale_answer(struct process *question)
{
    char *text = question->pid > 0 ? malloc(RESOURCES_SIZE_MAX) : NULL;
    bool answered = process_answer(question, text, text ? RESOURCES_SIZE_MAX : 0, 1000 * PATIENCE);
    if (answered && text[0])
        return text;
    free(text);
    text = read_home(".Xresources");
    return text ? text : read_home(".Xdefaults");
}
