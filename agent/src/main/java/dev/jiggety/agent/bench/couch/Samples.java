package dev.jiggety.agent.bench.couch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Documents of about 400 bytes with ids in order, as results are: number {@code n} is always the
 * same. Ready as bytes, so that making them costs next to nothing.
 */
final class Samples {
  static final int SITES = 20;
  static final int DAYS = 30;

  private static final byte[] TEMPLATE = template();
  private static final int ID = at("sample-") + 7;
  private static final int SITE = at("site-") + 5;
  private static final int DAY = at("day-") + 4;
  private static final int TOTAL = at("\"total\":1") + 9;

  private Samples() {}

  private static byte[] template() {
    return ("{\"_id\":\"sample-0000000000\",\"type\":\"sample\",\"site\":\"site-00\","
            + "\"day\":\"day-00\",\"node\":\"paris\",\"total\":10000,\"verdict\":\"up\","
            + "\"phases\":{\"blocked\":0.012,\"dns\":0.18,\"connect\":0.24,\"ssl\":-1,"
            + "\"send\":0.03,\"wait\":8.125,\"receive\":0.09},\"status\":200,\"size\":5120,"
            + "\"url\":\"https://shop.example/category/shoes?sort=price\",\"error\":null,"
            + "\"note\":\"all assertions hold, certificate has 41 days, body matches "
            + "the pattern\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static int at(String part) {
    return new String(TEMPLATE, StandardCharsets.US_ASCII).indexOf(part);
  }

  /** One document. */
  static byte[] document(long n) {
    byte[] document = TEMPLATE.clone();
    digits(document, ID, 10, n);
    digits(document, SITE, 2, n % SITES);
    digits(document, DAY, 2, n / SITES % DAYS);
    digits(document, TOTAL, 4, n * 7919 % 10_000);
    return document;
  }

  static String id(long n) {
    return "sample-%010d".formatted(n);
  }

  /** The body of a {@code _bulk_docs} request. */
  static byte[] batch(long first, int documents) {
    var bytes = new ByteArrayOutputStream(documents * (TEMPLATE.length + 1) + 16);
    bytes.writeBytes("{\"docs\":[".getBytes(StandardCharsets.US_ASCII));
    for (long n = first; n < first + documents; n++) {
      if (n > first) {
        bytes.write(',');
      }
      bytes.writeBytes(document(n));
    }
    bytes.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return bytes.toByteArray();
  }

  private static void digits(byte[] document, int at, int count, long number) {
    long left = number;
    for (int i = at + count - 1; i >= at; i--) {
      document[i] = (byte) ('0' + left % 10);
      left /= 10;
    }
  }
}
