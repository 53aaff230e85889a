package dev.jiggety.agent.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The name of one version of a document: {@code generation-hash}. Revisions are ordered as CouchDB
 * orders them: by generation, then by hash, where a hash of 32 hexadecimal digits counts as its 16
 * raw bytes and any other as its UTF-8 bytes, both unsigned. So {@code 1-ffff…} is greater than
 * {@code 1-zz}, which a comparison of strings would get wrong.
 *
 * @param generation 0 for local documents, else ≥ 1
 * @param hash not empty; 32 hexadecimal digits are kept in lower case
 */
public record Revision(int generation, String hash) implements Comparable<Revision> {

  public Revision {
    if (generation < 0) {
      throw new IllegalArgumentException("Invalid rev format");
    }
    if (hash.isEmpty()) {
      throw new IllegalArgumentException("Invalid rev format");
    }
    if (hash.length() == 32) {
      hash = lowerCaseHex(hash);
    }
  }

  /**
   * Reads {@code 3-abc}.
   *
   * @throws IllegalArgumentException with CouchDB's words, "Invalid rev format"
   */
  public static Revision parse(String text) {
    var dash = text.indexOf('-');
    if (dash < 1 || dash > 10) {
      throw new IllegalArgumentException("Invalid rev format");
    }
    var generation = 0L;
    for (var i = 0; i < dash; i++) {
      var digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new IllegalArgumentException("Invalid rev format");
      }
      generation = generation * 10 + digit;
    }
    if (generation > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("Invalid rev format");
    }
    return new Revision((int) generation, text.substring(dash + 1));
  }

  // By hand: trees of a thousand revisions are read often, and nearly all hashes are fine as is.
  private static String lowerCaseHex(String hash) {
    var lower = true;
    for (var i = 0; i < hash.length(); i++) {
      var c = hash.charAt(i);
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')) {
        continue;
      }
      if (c < 'A' || c > 'F') {
        throw new IllegalArgumentException("Invalid rev format");
      }
      lower = false;
    }
    return lower ? hash : hash.toLowerCase(Locale.ROOT);
  }

  @Override
  public int compareTo(Revision other) {
    var byGeneration = Integer.compare(generation, other.generation);
    if (byGeneration != 0) {
      return byGeneration;
    }
    // Two hashes of one kind compare as their strings do (lower-case hex keeps the order of the
    // bytes); only a mixed pair needs the bytes themselves.
    if (hash.length() == 32 && other.hash.length() == 32) {
      return hash.compareTo(other.hash);
    }
    return Arrays.compareUnsigned(bytes(), other.bytes());
  }

  private byte[] bytes() {
    return hash.length() == 32
        ? HexFormat.of().parseHex(hash)
        : hash.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return generation + "-" + hash;
  }
}
