/* SPDX-License-Identifier: MIT */
#include "sys/clipboard.h"

#include <SDL.h>

static const char *read_clipboard(void *user)
{
    struct clipboard *clipboard = user;
    clipboard_clear(clipboard);
    clipboard->text = SDL_HasClipboardText() ? SDL_GetClipboardText() : NULL;
    return clipboard->text;
}

static void write_clipboard(void *user, const char *text)
{
    (void)user;
    SDL_SetClipboardText(text);
}

struct ui_clipboard clipboard_open(struct clipboard *clipboard)
{
    return (struct ui_clipboard){clipboard, read_clipboard, write_clipboard};
}

void clipboard_clear(struct clipboard *clipboard)
{
    SDL_free(clipboard->text);
    clipboard->text = NULL;
}
