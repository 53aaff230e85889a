package dev.jiggety.agent.hub;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Ids that grow (CouchDB's algorithm {@code sequential}): 26 random hexadecimal digits and 6 that
 * count up in small random steps, so that new documents go to one end of the index. Thread-safe.
 */
final class Uuids {
  private static final int LAST = 0xfff000;
  private static final int STEP = 0xffe;

  private final SecureRandom random = new SecureRandom();
  private String prefix = "";
  private int counter = LAST;

  /** 32 hexadecimal digits that nobody has had before. */
  synchronized String next() {
    if (counter >= LAST) {
      var bytes = new byte[13];
      random.nextBytes(bytes);
      prefix = HexFormat.of().formatHex(bytes);
      counter = 0;
    }
    counter += 1 + random.nextInt(STEP);
    return prefix + HexFormat.of().toHexDigits(counter, 6);
  }
}
