package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A sample as JSON: inside batches, and between the agent and its workers. Wall-clock times are
 * milliseconds since 1970, durations microseconds; phases stand as a list in HAR's order with -1
 * for what did not happen. See docs/documents/batch.md.
 */
public final class SampleJson {
  /** A day: far beyond every timeout. */
  private static final long LONGEST_PHASE_MICROS = 86_400_000_000L;

  private SampleJson() {}

  /** The sample with all that it tells; a picture stands in it as base64. */
  public static JsonObject write(Sample sample) {
    JsonObject json = new JsonObject();
    json.addProperty("at", sample.startedAt().toEpochMilli());
    json.addProperty("total", micros(sample.total()));
    json.add("phases", write(sample.phases()));
    if (sample.status() != 0) {
      json.addProperty("status", sample.status());
    }
    if (sample.bytes() != 0) {
      json.addProperty("bytes", sample.bytes());
    }
    if (!sample.hops().isEmpty()) {
      JsonArray hops = new JsonArray();
      for (Hop hop : sample.hops()) {
        JsonObject item = new JsonObject();
        item.addProperty("url", hop.url());
        item.addProperty("status", hop.status());
        item.add("phases", write(hop.phases()));
        hops.add(item);
      }
      json.add("hops", hops);
    }
    if (sample.failure() != null) {
      json.add("error", write(sample.failure()));
    }
    if (!sample.hiccup().isZero()) {
      json.addProperty("hiccup", micros(sample.hiccup()));
    }
    FindingsJson.write(json, sample.findings());
    return json;
  }

  /**
   * The sample that stands there.
   *
   * @throws DocumentException when it is none
   */
  public static Sample read(JsonObject json) {
    List<Problem> problems = new ArrayList<>();
    Sample sample = read(new Fields(json, "", problems));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return sample;
  }

  static Sample read(Fields sample) {
    return new Sample(
        instant(sample, "at"),
        duration(sample, "total"),
        phases(sample),
        sample.smallNumber("status", 0),
        sample.number("bytes", 0),
        sample.objects("hops").stream()
            .map(hop -> new Hop(hop.text("url"), hop.smallNumber("status", 0), phases(hop)))
            .toList(),
        sample.has("error") ? failure(sample.object("error")) : null,
        duration(sample, "hiccup"),
        FindingsJson.read(sample));
  }

  static JsonObject write(Failure failure) {
    JsonObject error = new JsonObject();
    error.addProperty("kind", failure.kind().label());
    if (failure.phase() != null) {
      error.addProperty("phase", failure.phase().label());
    }
    error.addProperty("text", failure.text());
    return error;
  }

  static Failure failure(Fields error) {
    return new Failure(
        error.oneOf("kind", ErrorKind.INTERNAL, ErrorKind.values(), ErrorKind::label),
        error.has("phase") ? error.oneOf("phase", Phase.WAIT, Phase.values(), Phase::label) : null,
        error.text("text", ""));
  }

  static JsonArray write(Phases phases) {
    JsonArray array = new JsonArray(Phase.values().length);
    for (Phase phase : Phase.values()) {
      long nanos = phases.nanos(phase);
      array.add(nanos == Phases.ABSENT ? -1 : nanos / 1000);
    }
    return array;
  }

  static Phases phases(Fields owner) {
    JsonArray array = owner.array("phases");
    if (array.size() != Phase.values().length) {
      owner.report("phases", "must have " + Phase.values().length + " numbers");
      return Phases.NONE;
    }
    long[] nanos = new long[array.size()];
    for (int i = 0; i < nanos.length; i++) {
      long micros = wholeNumber(array.get(i));
      if (micros < -1 || micros > LONGEST_PHASE_MICROS) {
        owner.report("phases", "must be microseconds, or -1 for what did not happen");
        return Phases.NONE;
      }
      nanos[i] = micros == -1 ? Phases.ABSENT : micros * 1000;
    }
    return Phases.ofNanos(nanos);
  }

  /** A whole number, or one that is surely wrong. */
  static long wholeNumber(JsonElement element) {
    try {
      return element.getAsBigDecimal().longValueExact();
    } catch (ArithmeticException
        | NumberFormatException
        | IllegalStateException
        | UnsupportedOperationException e) {
      return Long.MIN_VALUE;
    }
  }

  static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.number(name, 0));
  }

  static Duration duration(Fields fields, String name) {
    return Duration.of(fields.number(name, 0), ChronoUnit.MICROS);
  }

  static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
