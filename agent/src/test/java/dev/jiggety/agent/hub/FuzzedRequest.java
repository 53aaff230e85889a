package dev.jiggety.agent.hub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A request that a client of good will would send, spoilt in some places, or a heap of bytes. The
 * same number always gives the same bytes.
 */
record FuzzedRequest(long number, String latin1) {
  /** The request of this number. */
  static FuzzedRequest of(long number) {
    Random random = new Random(number * 0x9E3779B97F4A7C15L);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(100) == 0) {
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      return of(number, noise);
    }
    byte[] body = body(random);
    List<String> head = new ArrayList<>();
    head.add(pick(random, FuzzWords.METHODS) + " " + target(random) + " HTTP/1.1");
    if (random.nextInt(50) > 0) {
      head.add("Host: 127.0.0.1");
    }
    if (random.nextInt(20) > 0) {
      head.add("Content-Type: application/json");
    }
    if (random.nextInt(20) > 0) {
      head.add("Content-Length: " + body.length);
    }
    for (int more = random.nextInt(4); more > 1; more--) {
      head.add(pick(random, FuzzWords.HEADERS));
    }
    out.writeBytes((String.join("\r\n", head) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    byte[] whole = out.toByteArray();
    return of(number, random.nextInt(15) == 0 ? spoil(random, whole) : whole);
  }

  private static FuzzedRequest of(long number, byte[] bytes) {
    return new FuzzedRequest(number, new String(bytes, StandardCharsets.ISO_8859_1));
  }

  /** What goes over the wire. */
  byte[] bytes() {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder(pick(random, FuzzWords.PATHS));
    if (random.nextInt(10) == 0) {
      target.append('/').append(pick(random, FuzzWords.PARTS));
    }
    String separator = "?";
    for (int more = random.nextInt(3); more > 0; more--) {
      target
          .append(separator)
          .append(pick(random, FuzzWords.NAMES))
          .append('=')
          .append(pick(random, FuzzWords.VALUES));
      separator = "&";
    }
    return target.toString().replace(" ", random.nextInt(5) == 0 ? " " : "%20");
  }

  private static byte[] body(Random random) {
    byte[] body = pick(random, FuzzWords.BODIES).getBytes(StandardCharsets.UTF_8);
    return random.nextInt(4) == 0 ? spoil(random, body) : body;
  }

  /** Changes, drops, repeats or cuts a few bytes. */
  static byte[] spoil(Random random, byte[] bytes) {
    byte[] spoilt = bytes;
    for (int more = 1 + random.nextInt(4); more > 0 && spoilt.length > 0; more--) {
      int at = random.nextInt(spoilt.length);
      int end = Math.min(spoilt.length, at + 1 + random.nextInt(8));
      switch (random.nextInt(4)) {
        case 0 -> {
          spoilt = spoilt.clone();
          spoilt[at] = (byte) random.nextInt(256);
        }
        case 1 ->
            spoilt =
                join(Arrays.copyOf(spoilt, at), Arrays.copyOfRange(spoilt, end, spoilt.length));
        case 2 ->
            spoilt =
                join(Arrays.copyOf(spoilt, end), Arrays.copyOfRange(spoilt, at, spoilt.length));
        default -> spoilt = Arrays.copyOf(spoilt, at);
      }
    }
    return spoilt;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** Whether an answer may come in parts for as long as the client likes. */
  boolean mayBeFeed() {
    return latin1.contains("feed=");
  }

  @Override
  public String toString() {
    return "request " + number + ":\n" + latin1.substring(0, Math.min(1_500, latin1.length()));
  }
}
