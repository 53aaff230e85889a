package dev.jiggety.model.rules.notice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The ids of notices: time, policy, channel, reason, part. They begin with the time, so that those
 * of any span are one range.
 */
public final class NoticeIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private NoticeIds() {}

  /** The first id that a notice of this time can have. */
  public static String from(Instant due) {
    return "notice:" + TIME.format(due);
  }

  /** What notices of one time, policy, channel and reason have in common. */
  static String withoutPart(Instant due, String policy, String channel, String reason) {
    return from(due) + ":" + policy + ":" + channel + ":" + reason;
  }

  static String part(String withoutPart, int part) {
    return withoutPart + ":" + part;
  }

  /** That of the test message that somebody asks for; the same whoever makes it. */
  public static String test(Instant asked, String channel, String requestId) {
    return from(asked) + "::" + channel + ":test:" + requestId;
  }
}
