/* SPDX-License-Identifier: MIT */
#include "cli/images.h"

#include "cli/show.h"
#include "data/find.h"

struct dataset *images_load(const char *place, enum dataset_split split, bool transpose, bool quiet,
                            struct err *err)
{
    struct dataset *set = find_data(place, split, err);
    if (set && transpose && !set->synthetic)
        dataset_turn(set);
    if (set && set->note[0])
        show_note(quiet, set->note);
    return set;
}
