package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Batch;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code batch:} documents: what a node finished between two flushes. Wall-clock times are
 * milliseconds since 1970, durations microseconds; phases stand as a list in HAR's order with -1
 * for what did not happen. Immutable: {@link #revision} makes the revision a function of the
 * content, so that pushing twice changes nothing. See docs/documents/batch.md.
 */
public final class BatchDocument implements DocumentType<Batch> {
  /** The one instance; it has no state. */
  public static final BatchDocument TYPE = new BatchDocument();

  /** A day: far beyond every timeout. */
  private static final long LONGEST_PHASE_MICROS = 86_400_000_000L;

  private BatchDocument() {}

  @Override
  public String type() {
    return "batch";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Batch batch) {
    return Ids.batch(batch.at(), batch.node(), batch.stream(), batch.seq());
  }

  /** The revision of a batch's document: generation 1 and the MD5 of its canonical content. */
  public static String revision(JsonObject document) {
    JsonObject content = document.deepCopy();
    content.remove("_rev");
    content.remove("_revisions");
    return "1-" + CanonicalJson.md5(content);
  }

  @Override
  public JsonObject write(Batch batch) {
    JsonObject json = Documents.envelope(id(batch), type(), schema());
    json.addProperty("node", batch.node());
    json.addProperty("stream", batch.stream());
    json.addProperty("seq", batch.seq());
    json.addProperty("at", batch.at().toEpochMilli());
    JsonArray runs = new JsonArray();
    batch.runs().forEach(run -> runs.add(write(run)));
    json.add("runs", runs);
    if (!batch.skipped().isEmpty()) {
      JsonArray skipped = new JsonArray();
      batch.skipped().forEach(slots -> skipped.add(write(slots)));
      json.add("skipped", skipped);
    }
    return json;
  }

  @Override
  public Batch read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, "batch:");
    String node = fields.text("node");
    Batch batch =
        new Batch(
            node,
            fields.text("stream"),
            fields.number("seq", 0),
            instant(fields, "at"),
            fields.objects("runs").stream().map(run -> run(run, node)).toList(),
            fields.objects("skipped").stream().map(BatchDocument::skipped).toList());
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return batch;
  }

  /** One run as it stands inside a batch; the node's name is the batch's. */
  public static JsonObject write(Run run) {
    JsonObject json = new JsonObject();
    json.addProperty("test", run.testId());
    json.addProperty("planned", run.plannedAt().toEpochMilli());
    json.addProperty("late", micros(run.lateness()));
    json.addProperty("verdict", run.verdict().label());
    json.add("samples", samples(run.samples()));
    if (!run.retried().isEmpty()) {
      json.add("retried", samples(run.retried()));
    }
    return json;
  }

  /** Skipped slots as they stand inside a batch. */
  public static JsonObject write(SkippedSlots slots) {
    JsonObject json = new JsonObject();
    json.addProperty("test", slots.testId());
    json.addProperty("why", slots.why().label());
    json.addProperty("first", slots.first().toEpochMilli());
    json.addProperty("last", slots.last().toEpochMilli());
    json.addProperty("count", slots.count());
    json.addProperty("reason", slots.reason());
    return json;
  }

  private static JsonArray samples(List<Sample> samples) {
    JsonArray array = new JsonArray();
    samples.forEach(sample -> array.add(write(sample)));
    return array;
  }

  private static JsonObject write(Sample sample) {
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
    Failure failure = sample.failure();
    if (failure != null) {
      JsonObject error = new JsonObject();
      error.addProperty("kind", failure.kind().label());
      if (failure.phase() != null) {
        error.addProperty("phase", failure.phase().label());
      }
      error.addProperty("text", failure.text());
      json.add("error", error);
    }
    if (!sample.hiccup().isZero()) {
      json.addProperty("hiccup", micros(sample.hiccup()));
    }
    return json;
  }

  private static JsonArray write(Phases phases) {
    JsonArray array = new JsonArray(Phase.values().length);
    for (Phase phase : Phase.values()) {
      long nanos = phases.nanos(phase);
      array.add(nanos == Phases.ABSENT ? -1 : nanos / 1000);
    }
    return array;
  }

  private static Run run(Fields run, String node) {
    return new Run(
        run.text("test"),
        node,
        instant(run, "planned"),
        duration(run, "late"),
        run.objects("samples").stream().map(BatchDocument::sample).toList(),
        run.objects("retried").stream().map(BatchDocument::sample).toList(),
        run.oneOf("verdict", Verdict.UNKNOWN, Verdict.values(), Verdict::label));
  }

  private static SkippedSlots skipped(Fields slots) {
    return new SkippedSlots(
        slots.text("test"),
        slots.oneOf(
            "why", SkippedSlots.Why.MISSED, SkippedSlots.Why.values(), SkippedSlots.Why::label),
        instant(slots, "first"),
        instant(slots, "last"),
        slots.smallNumber("count", 1),
        slots.text("reason", ""));
  }

  private static Sample sample(Fields sample) {
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
        duration(sample, "hiccup"));
  }

  private static Failure failure(Fields error) {
    return new Failure(
        error.oneOf("kind", ErrorKind.INTERNAL, ErrorKind.values(), ErrorKind::label),
        error.has("phase") ? error.oneOf("phase", Phase.WAIT, Phase.values(), Phase::label) : null,
        error.text("text", ""));
  }

  private static Phases phases(Fields owner) {
    JsonArray array = owner.array("phases");
    if (array.size() != Phase.values().length) {
      owner.report("phases", "must have " + Phase.values().length + " numbers");
      return Phases.NONE;
    }
    long[] nanos = new long[array.size()];
    for (int i = 0; i < nanos.length; i++) {
      long micros = micros(array.get(i));
      if (micros < -1 || micros > LONGEST_PHASE_MICROS) {
        owner.report("phases", "must be microseconds, or -1 for what did not happen");
        return Phases.NONE;
      }
      nanos[i] = micros == -1 ? Phases.ABSENT : micros * 1000;
    }
    return Phases.ofNanos(nanos);
  }

  /** A whole number, or one that is surely wrong. */
  private static long micros(JsonElement element) {
    try {
      return element.getAsBigDecimal().longValueExact();
    } catch (ArithmeticException
        | NumberFormatException
        | IllegalStateException
        | UnsupportedOperationException e) {
      return Long.MIN_VALUE;
    }
  }

  private static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.number(name, 0));
  }

  private static Duration duration(Fields fields, String name) {
    return Duration.of(fields.number(name, 0), ChronoUnit.MICROS);
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1000;
  }
}
