/* language.h -- marks what a person reads, so that it can be said in other languages.
 *
 *     ui_label(ui, rect, 0, _("Draw a digit."));
 *     err_set(err, _("%s holds no digit."), name);
 *     static const char *const names[] = {N_("Test images"), N_("My digits")};
 *     snprintf(text, size, P_("%u image", "%u images", count), count);
 *
 * Each is a whole sentence, or a whole label, with what varies as arguments of its format: a
 * sentence that is put together from pieces has an order and endings that other languages don't
 * have. Two forms are told apart by P_ alone, never by an "s" that is added.
 *
 * Today they give the English that they mark. A catalogue is asked where _() and P_() stand; what
 * N_() marks stands in a table that is made before any language is known, and is put into _() where
 * it is shown. xgettext finds them with --keyword=_ --keyword=N_ --keyword=P_:1,2, and the rows of
 * actions.def with --keyword=ACTION:6 --keyword=ACTION:7 --keyword=GROUP:1 --keyword=VIEW:3.
 *
 * Not marked is what programs read: names of controls, options, keys of JSON, words of networks and
 * recipes, and the log.
 */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#define _(text) (text)
#define N_(text) text
#define P_(one, many, count) ((count) == 1 ? (one) : (many))

#endif
