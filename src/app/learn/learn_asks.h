/* learn_asks.h -- what is asked of the page of a lesson in a frame: a value that a drag, a slider
 * or a button gives a name. The text lives until the views run again.
 */
#ifndef APP_LEARN_LEARN_ASKS_H
#define APP_LEARN_LEARN_ASKS_H

struct actions;

enum { LEARN_ASKS_MAX = 16, LEARN_SCROLLS = 4, LEARN_ASK_MAX = 512 };

struct learn_asks {
    float scrolls[LEARN_SCROLLS]; /* of parts of a picture; 0 on a page that was just opened */
    struct actions *actions;
    int count;
    char texts[LEARN_ASKS_MAX][LEARN_ASK_MAX]; /* "w1 -2" */
};

/* As `set NAME VALUE` in a script. More than there is room for are dropped. */
void learn_ask(struct learn_asks *asks, const char *name, const char *value);
void learn_ask_number(struct learn_asks *asks, const char *name, double value);

#endif
