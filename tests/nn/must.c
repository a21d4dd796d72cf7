/* SPDX-License-Identifier: MIT */
#include "must.h"

#include <check.h>

#include "base/err.h"

static struct err err;

struct nn *must_build(const char *words)
{
    struct nn *net = nn_new(words, &err);
    ck_assert_msg(net != NULL, "%s: %s", words, err.text);
    return net;
}

struct nn_work *must_work(const struct nn *net, const struct kern *kern, int count)
{
    struct nn_work *work = nn_work_new(net, kern, count, true, &err);
    ck_assert_ptr_nonnull(work);
    return work;
}
