/* settings_json.h -- settings as a JSON object, a key for each: for settings.c and its file. */
#ifndef APP_STATE_SETTINGS_JSON_H
#define APP_STATE_SETTINGS_JSON_H

#include <jansson.h>

struct settings;

enum { SETTINGS_SIZE_MAX = 1 << 20 };

/* What is missing or makes no sense is left as it is. */
void settings_unpack(struct settings *settings, const json_t *root);

/* NULL: no memory. The caller owns the object. */
json_t *settings_pack(const struct settings *settings);

#endif
