/* run_marks.h -- what a person did to a run on its way: the places that its curves are marked at.
 */
#ifndef APP_STATE_RUN_MARKS_H
#define APP_STATE_RUN_MARKS_H

enum run_mark_kind { RUN_MARK_RATE, RUN_MARK_PAUSED, RUN_MARK_RESUMED };

struct run_mark {
    enum run_mark_kind kind;
    float epoch; /* epochs done, with the fraction */
    float rate;  /* of RUN_MARK_RATE: from there on */
};

enum { RUN_MARKS_MAX = 24 };

/* From zeros. By rising epoch. */
struct run_marks {
    int count;
    struct run_mark items[RUN_MARKS_MAX];
};

/* Another of that kind at the same place takes the first one's; beyond the room the newest are left
 * out. */
void run_marks_add(struct run_marks *marks, struct run_mark mark);

#endif
