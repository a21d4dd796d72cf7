/* SPDX-License-Identifier: MIT */
/* settings.c -- settings.json: read with every value distrusted. */
#include "app/state/settings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/state/settings_json.h"
#include "app/state/zoom.h"
#include "base/err.h"
#include "base/text.h"

void settings_usual(struct settings *settings)
{
    memset(settings, 0, sizeof *settings);
    settings->dark = true;
    settings->brush = BRUSH_USUAL;
    settings->width = 1280;
    settings->height = 800;
    settings->zoom = 1;
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

static void read_text(const json_t *item, char *to, size_t room)
{
    const char *text = json_string_value(item);
    if (text && strlen(text) < room)
        strcpy(to, text);
}

void settings_unpack(struct settings *settings, const json_t *root)
{
    const char *theme = json_string_value(json_object_get(root, "theme"));
    if (theme)
        settings->dark = strcmp(theme, "light") != 0;
    settings->brush = read_number(root, "brush", BRUSH_MIN, BRUSH_MAX, settings->brush);
    settings->width = (float)read_number(root, "width", 100, 20000, settings->width);
    settings->height = (float)read_number(root, "height", 100, 20000, settings->height);
    settings->zoom = read_number(root, "zoom", ZOOM_LEAST, ZOOM_MOST, settings->zoom);
    read_recent(json_object_get(root, "recent"), settings);
    read_text(json_object_get(root, "exchange"), settings->exchange, sizeof settings->exchange);
    read_text(json_object_get(root, "data"), settings->data, sizeof settings->data);
    read_text(json_object_get(root, "model"), settings->model, sizeof settings->model);
    read_text(json_object_get(root, "default_model"), settings->default_model,
              sizeof settings->default_model);
    read_text(json_object_get(root, "view"), settings->view, sizeof settings->view);
}

void settings_load(struct settings *settings, const char *path)
{
    settings_usual(settings);
    size_t size;
    unsigned char *text = files_read(path, SETTINGS_SIZE_MAX, &size, NULL);
    json_t *root = text ? json_loadb((const char *)text, size, 0, NULL) : NULL;
    free(text);
    settings_unpack(settings, root);
    json_decref(root);
}

/* Adds one setting; false without memory. */
static bool pack(json_t *root, const char *key, json_t *value)
{
    return value && json_object_set_new(root, key, value) == 0;
}

/* A path that is not UTF-8 cannot stand in JSON and is left out. */
static bool pack_path(json_t *root, const char *key, const char *path)
{
    return !text_is_utf8(path) || pack(root, key, json_string(path));
}

static json_t *pack_recent(const struct settings *settings)
{
    json_t *recent = json_array();
    bool ok = recent != NULL;
    for (int i = 0; ok && i < settings->recent_count; i++)
        ok = !text_is_utf8(settings->recent[i]) ||
             json_array_append_new(recent, json_string(settings->recent[i])) == 0;
    if (ok)
        return recent;
    json_decref(recent);
    return NULL;
}

json_t *settings_pack(const struct settings *settings)
{
    json_t *root = json_object();
    bool ok = root && pack(root, "theme", json_string(settings->dark ? "dark" : "light")) &&
              pack(root, "brush", json_real(settings->brush)) &&
              pack(root, "width", json_real((double)settings->width)) &&
              pack(root, "height", json_real((double)settings->height)) &&
              pack(root, "zoom", json_real(settings->zoom)) &&
              pack_path(root, "exchange", settings->exchange) &&
              pack_path(root, "data", settings->data) &&
              pack_path(root, "model", settings->model) &&
              pack_path(root, "default_model", settings->default_model) &&
              pack(root, "view", json_string(settings->view)) &&
              pack(root, "recent", pack_recent(settings));
    if (ok)
        return root;
    json_decref(root);
    return NULL;
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
