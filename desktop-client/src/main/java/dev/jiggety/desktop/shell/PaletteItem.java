package dev.jiggety.desktop.shell;

/**
 * Something that can be chosen in the command palette.
 *
 * @param words what is read and searched
 * @param lower the same in lower case
 * @param more a second thing by which it is found, like the id of a test; shown beside, can be
 *     empty
 * @param keys what does the same by keyboard; empty for nothing
 * @param doing what choosing it does, on the FX thread
 */
record PaletteItem(
    Kind kind,
    String words,
    String lower,
    String more,
    String moreLower,
    String keys,
    Runnable doing) {
  /** What kind of thing it is; of equal matches the earlier kind comes first. */
  enum Kind {
    PLACE,
    ACTION,
    INCIDENT,
    TEST,
    NODE,
    PATCH,
    HUB
  }

  static PaletteItem of(Kind kind, String words, String more, String keys, Runnable doing) {
    return new PaletteItem(kind, words, Fuzzy.lower(words), more, Fuzzy.lower(more), keys, doing);
  }
}
