/* keys.h -- what a key means, by what it types and by where it lies.
 *
 * A key that types a character does what that character does: `[` by AltGr and 8, 1 by Shift and
 * the first key of a French row of digits, 7 on a number pad. Where the layout has no Latin letters
 * at all, or a key of the row of digits types none, the key in that place of a US keyboard counts.
 */
#ifndef SYS_KEYS_H
#define SYS_KEYS_H

#include <stdbool.h>

struct ui_key;

/* A key that went down, in SDL's words. */
struct keys_press {
    int scancode;     /* SDL_Scancode: where the key lies */
    int code;         /* SDL_Keycode: the character it types by itself */
    unsigned held;    /* SDL_Keymod */
    bool latin;       /* the layout has Latin letters: keys_are_latin() */
    const char *text; /* UTF-8, what this press typed; "" for nothing */
};

/* Whether a layout has Latin letters: codes[26] are the SDL_Keycodes in the places of A to Z. */
bool keys_are_latin(const int *codes);

/* Whether a key of that SDL_Keycode may type something; else it has a name, as Tab has. */
bool keys_may_type(int code);

/* Fills key->key and key->mods; false for a press that means nothing. *types: the text is text, and
 * belongs to no shortcut. */
bool keys_translate(const struct keys_press *press, struct ui_key *key, bool *types);

/* The same for text that came without a key, from an input method: true if it is one character. */
bool keys_of_text(const char *text, struct ui_key *key);

/* The arrows that are held, as ui_input has them: down[] is SDL's state of the keyboard. */
unsigned keys_arrows(const unsigned char *down, unsigned held);

/* enum ui_key_mod of an SDL_Keymod. Without AltGr, the right Alt key, which reaches characters;
 * some systems tell of it as Ctrl and right Alt. */
unsigned keys_mods(unsigned held);

#endif
