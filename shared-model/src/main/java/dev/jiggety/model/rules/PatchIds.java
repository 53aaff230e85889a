package dev.jiggety.model.rules;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** New ids of patches and commands. */
public final class PatchIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private PatchIds() {}

  /** An id that sorts by time and that nobody else makes: the time and 40 random bits. */
  public static String of(Instant now, RandomGenerator random) {
    long bits = random.nextLong() & 0xff_ffff_ffffL;
    return TIME.format(now) + String.format(Locale.ROOT, "-%010x", bits);
  }
}
