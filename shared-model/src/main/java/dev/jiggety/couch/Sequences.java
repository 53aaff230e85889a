package dev.jiggety.couch;

/** What can be said of sequences although they are opaque. */
public final class Sequences {
  private Sequences() {}

  /**
   * Whether a server is behind what was heard of it, because it lost its end. Only plain numbers
   * can be compared.
   *
   * @param server the newest sequence that it has
   * @param heard where somebody was with the same hub
   */
  public static boolean isBehind(String server, String heard) {
    String now = plain(server);
    String before = plain(heard);
    return now.matches("\\d{1,18}")
        && before.matches("\\d{1,18}")
        && Long.parseLong(now) < Long.parseLong(before);
  }

  private static String plain(String seq) {
    return seq.substring(seq.indexOf(Positions.END) + 1);
  }
}
