package dev.jiggety.agent.hub;

import dev.jiggety.agent.store.DocumentStore;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Sequences as clients see them: {@code N-} and a token of the store's identity. Clients must not
 * read anything into them. One from another incarnation of the database means the beginning: its
 * numbers say nothing about this one.
 */
final class Sequences {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})-([A-Za-z0-9_-]{1,400})");

  private Sequences() {}

  static String write(DocumentStore store, long seq) {
    return seq + "-" + token(store);
  }

  private static String token(DocumentStore store) {
    var uuid = store.uuid();
    var known = latest;
    if (!known.uuid.equals(uuid)) {
      known = Token.of(uuid);
      latest = known;
    }
    return known.text;
  }

  /** A store's identity as it stands in its sequences. */
  private record Token(String uuid, String text) {
    static Token of(String uuid) {
      var bytes = HexFormat.of().parseHex(uuid.replace("-", ""));
      return new Token(uuid, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
  }

  // A feed's rows are written by the thousand, all with the same.
  private static volatile Token latest = new Token("", "");

  /**
   * Reads one.
   *
   * @param text as it came, also {@code 0} and {@code now}
   * @throws CouchError 400, where it is none
   */
  static long read(DocumentStore store, String text) {
    var bare = text.replace("\"", "");
    if (bare.equals("now")) {
      return store.info().updateSeq();
    }
    if (bare.equals("0") || bare.isEmpty()) {
      return 0;
    }
    var form = FORM.matcher(bare);
    if (!form.matches()) {
      throw CouchError.badRequest("Malformed sequence supplied in 'since' parameter.");
    }
    return form.group(2).equals(token(store)) ? Long.parseLong(form.group(1)) : 0;
  }
}
