/* SPDX-License-Identifier: MIT */
/* settings.c -- settings.json: read with every value distrusted, written whole. */
#include "app/settings.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/draw/draw_view.h"
#include "base/err.h"

enum { SETTINGS_SIZE_MAX = 1 << 20 };

void settings_usual(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    settings->dark = true;
    settings->brush = CANVAS_BRUSH_USUAL;
    settings->width = 1280;
    settings->height = 800;
}

/* The number under `key` if it is there and within the limits, else `usual`. */
static double read_number(const json_t *root, const char *key, double min, double max, double usual)
{
    const json_t *item = json_object_get(root, key);
    double value = json_is_number(item) ? json_number_value(item) : usual;
    return isfinite(value) && value >= min && value <= max ? value : usual;
}

/* Only what could be opened now is taken: a list of dead names helps nobody. */
static void read_recent(const json_t *list, struct settings *settings)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *path = json_string_value(json_array_get(list, i));
        if (!path || strlen(path) >= FILES_PATH_MAX || !files_exist(path))
            continue;
        if (settings->recent_count == SETTINGS_RECENT_MAX)
            return;
        strcpy(settings->recent[settings->recent_count++], path);
    }
}

void settings_load(struct settings *settings, const char *path)
{
    settings_usual(settings);
    size_t size;
    unsigned char *text = files_read(path, SETTINGS_SIZE_MAX, &size, NULL);
    json_t *root = text ? json_loadb((const char *)text, size, 0, NULL) : NULL;
    free(text);
    const char *theme = json_string_value(json_object_get(root, "theme"));
    if (theme)
        settings->dark = strcmp(theme, "light") != 0;
    settings->brush = read_number(root, "brush", CANVAS_BRUSH_MIN, CANVAS_BRUSH_MAX,
                                  settings->brush);
    settings->width = (float)read_number(root, "width", 100, 20000, settings->width);
    settings->height = (float)read_number(root, "height", 100, 20000, settings->height);
    read_recent(json_object_get(root, "recent"), settings);
    json_decref(root);
}

bool settings_save(const struct settings *settings, const char *path, struct err *err)
{
    json_t *recent = json_array();
    for (int i = 0; i < settings->recent_count; i++)
        json_array_append_new(recent, json_string(settings->recent[i]));
    json_t *root = json_pack("{s:s, s:f, s:f, s:f, s:o}", "theme",
                             settings->dark ? "dark" : "light", "brush", settings->brush, "width",
                             (double)settings->width, "height", (double)settings->height,
                             "recent", recent);
    char *text = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) : NULL;
    json_decref(root);
    if (!text)
        return err_memory(err, "the settings");
    struct files_part part = {text, strlen(text)};
    bool done = files_write(path, &part, 1, err);
    free(text);
    return done;
}

void settings_add_recent(struct settings *settings, const char *path)
{
    char kept[FILES_PATH_MAX]; /* `path` may stand in the list that is moved */
    if (strlen(path) >= sizeof kept)
        return;
    strcpy(kept, path);
    int at = 0;
    while (at < settings->recent_count && strcmp(settings->recent[at], kept) != 0)
        at++;
    if (at == settings->recent_count) {
        if (settings->recent_count < SETTINGS_RECENT_MAX)
            settings->recent_count++;
        else
            at--;
    }
    memmove(settings->recent[1], settings->recent[0], (size_t)at * sizeof settings->recent[0]);
    strcpy(settings->recent[0], kept);
}
