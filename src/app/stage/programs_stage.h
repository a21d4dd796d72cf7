/* programs_stage.h -- the same network as four programs (program/program.h), side by side.
 *
 *   set     recipe              0: 784-30-10 by the book; 1: lenet5; 2: swift
 *           measure             trains an epoch by inkling, and takes the time
 *           save                writes the programs into the user's folder, programs/
 *           images              to learn from in that epoch; 0: all
 *   figures lines-numpy lines-c lines-torch lines-keras     lines that say something; 0: none
 *           fewest              from 1, in that order: the program with the fewest
 *           seconds             that an epoch took; and
 *           rate                images a second
 *           saved               programs that were written
 */
#ifndef APP_STAGE_PROGRAMS_STAGE_H
#define APP_STAGE_PROGRAMS_STAGE_H

#include "app/stage/stage.h"
#include "base/err.h"
#include "base/files.h"
#include "program/program.h"

struct programs_work;

struct programs_stage {
    struct stage stage;
    struct stage_world world; /* lent parts of it until the next update */
    int recipe;
    uint32_t images;
    char *texts[PROGRAM_KINDS]; /* NULL: there is none, because of */
    struct err troubles[PROGRAM_KINDS];
    int lines[PROGRAM_KINDS];
    struct programs_work *work; /* under way, or NULL */
    double seconds, rate;       /* NAN: not measured */
    int saved;
    char folder[FILES_PATH_MAX]; /* that they were written to; or "" */
    struct err trouble;          /* of the last measuring, or "" */
};

extern const struct stage_kind programs_stage_kind;

#endif
