/* SPDX-License-Identifier: MIT */
#include "app/state/compared.h"

#include <string.h>

#include "app/tell/notice.h"
#include "base/err.h"
#include "base/language.h"
#include "model/builtin.h"
#include "model/model.h"
#include "model/named.h"

void compared_end(struct compared *compared)
{
    model_free(compared->model);
    reader_free(compared->reader);
    *compared = (struct compared){.model = NULL};
}

static struct model *open_named(const char *named, struct err *err)
{
    struct model_place place;
    bool changed;
    model_find(named, &place);
    struct model *model = place.builtin >= 0 ? model_builtin_at(place.builtin, err)
                                             : model_open(place.path, false, &changed, err);
    if (!model || reader_fits(model->net, err))
        return model;
    model_free(model);
    return NULL;
}

void compared_choose(struct compared *compared, const struct kern *kern, struct notices *notices,
                     const char *named)
{
    struct err err;
    if (!named[0]) {
        compared_end(compared);
        return;
    }
    struct model *model = open_named(named, &err);
    struct reader *reader = model ? reader_new(kern) : NULL;
    if (reader) {
        compared_end(compared);
        compared->model = model;
        compared->reader = reader;
        return;
    }
    if (model)
        err_memory(&err, _("the second model"));
    model_free(model);
    notices_say(notices, NOTICE_TROUBLE, "%s", err.text);
}

void compared_read(struct compared *compared, struct notices *notices, const struct ink_fit *fit)
{
    struct err err;
    if (!compared->model || (compared->read && compared->any == fit->any &&
                             memcmp(compared->pixels, fit->pixels, FIT_LEN) == 0))
        return;
    const struct reading_by by = reader_by(compared->model, 0);
    compared->any = fit->any;
    memcpy(compared->pixels, fit->pixels, FIT_LEN);
    compared->answer = (struct answer){.any = false};
    compared->read = reader_read(compared->reader, &by, fit, &compared->answer, &err);
    if (compared->read)
        return;
    notices_say(notices, NOTICE_TROUBLE, "%s", err.text);
    compared_end(compared);
}
