package dev.jiggety.agent.browser.chromium;

import com.google.gson.JsonObject;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * The phases of an exchange out of DevTools' {@code Network.ResourceTiming}: milliseconds since
 * {@code requestTime}, which is in seconds of Chromium's monotonic clock; -1 for what did not
 * happen. Pure.
 */
final class Timing {
  private Timing() {}

  /**
   * The phases; they add up to what passed from asking to the end.
   *
   * @param timing as told with the answer
   * @param asked when the page asked for it, in seconds of that clock
   * @param ended when its last byte was there; less than all that for not yet
   */
  static Phases phases(JsonObject timing, double asked, double ended) {
    double base = Json.number(timing, "requestTime", -1);
    double sendStart = Json.number(timing, "sendStart", -1);
    if (base < 0 || sendStart < 0) {
      return Phases.NONE;
    }
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    double dns = span(timing, "dnsStart", "dnsEnd");
    double ssl = span(timing, "sslStart", "sslEnd");
    double connect = span(timing, "connectStart", "connectEnd");
    put(phases, Phase.DNS, dns);
    put(phases, Phase.SSL, ssl);
    put(phases, Phase.CONNECT, connect < 0 ? -1 : Math.max(0, connect - Math.max(0, ssl)));
    double sendEnd = Math.max(sendStart, Json.number(timing, "sendEnd", sendStart));
    double headersEnd = Math.max(sendEnd, Json.number(timing, "receiveHeadersEnd", sendEnd));
    double headers = Json.number(timing, "receiveHeadersStart", headersEnd);
    double first = Math.clamp(headers, sendEnd, headersEnd);
    double before = Math.max(0, (base - asked) * 1000);
    double last = Math.max(headersEnd, (ended - base) * 1000);
    put(
        phases,
        Phase.BLOCKED,
        Math.max(0, before + sendStart - Math.max(0, dns) - Math.max(0, connect)));
    put(phases, Phase.SEND, sendEnd - sendStart);
    put(phases, Phase.WAIT, first - sendEnd);
    put(phases, Phase.RECEIVE, last - first);
    return Phases.of(phases);
  }

  private static double span(JsonObject timing, String from, String to) {
    double start = Json.number(timing, from, -1);
    double end = Json.number(timing, to, -1);
    return start < 0 || end < start ? -1 : end - start;
  }

  private static void put(Map<Phase, Duration> phases, Phase phase, double millis) {
    if (millis >= 0) {
      phases.put(phase, millis(millis));
    }
  }

  /** A time in milliseconds, to the nanosecond. */
  static Duration millis(double millis) {
    return Duration.ofNanos(Math.round(Math.max(0, millis) * 1_000_000));
  }
}
