/* SPDX-License-Identifier: MIT */
#include "app/shell/drops.h"

#include "app/shell/state.h"
#include "base/files.h"
#include "base/language.h"
#include "base/paths.h"

void drops_take(struct app *app, const struct ui_input *input, struct actions *actions)
{
    static const char models[] = ".safetensors";
    static const char pictures[] = ".png .jpg .jpeg .jpe .jfif .bmp "
                                   ".gif .tif .tiff .webp .heic .avif .xpm"; /* these: a sentence */
    static const char sets[] = ".npz -ubyte -ubyte.gz -int -int.gz";
    if (input->drop_count == 0)
        return;
    const char *path = input->drops[0];
    if (input->drop_count > 1)
        notices_say(&app->notices, NOTICE_TROUBLE,
                    _("Drop one thing at a time: a model, a picture of a digit, or a "
                      "folder with training data."));
    else if (app->view == APP_MY_DIGITS && !paths_have_end(path, models))
        action_add_text(actions, ACT_DIGITS_IMPORT, path);
    else if (files_is_folder(path) || paths_have_end(path, sets))
        action_add_text(actions, ACT_DATA, path);
    else if (paths_have_end(path, models))
        action_add_text(actions, ACT_MODEL, path);
    else if (paths_have_end(path, pictures))
        action_add_text(actions, ACT_PICTURE, path);
    else
        notices_say(&app->notices, NOTICE_TROUBLE,
                    _("%s is nothing that can be opened here: drop a model "
                      "(.safetensors), a picture (.png) or a folder with training data."),
                    files_name(path));
}
