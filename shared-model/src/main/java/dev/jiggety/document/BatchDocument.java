package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.ClockOffset;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.SkippedSlots;
import dev.jiggety.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code batch:} documents: what a node finished between two flushes. Wall-clock times are
 * milliseconds since 1970, durations microseconds; phases stand as a list in HAR's order with -1
 * for what did not happen. Immutable: {@link #revision} makes the revision a function of the
 * content, so that pushing twice changes nothing. See docs/documents/batch.md.
 */
public final class BatchDocument implements DocumentType<Batch> {
  /** The one instance; it has no state. */
  public static final BatchDocument TYPE = new BatchDocument();

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

  /**
   * The revision of a batch's document: generation 1 and the MD5 of its canonical content. Pictures
   * count by their names, which are made of what they hold: the revision is the same whether they
   * stand in the document or are left where they are.
   */
  public static String revision(JsonObject document) {
    JsonObject content = document.deepCopy();
    content.remove("_rev");
    content.remove("_revisions");
    content.remove("_attachments");
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
    ClockOffset clock = batch.clock();
    if (clock != null) {
      json.addProperty("clockOffset", clock.offset().toMillis());
      json.addProperty("clockWithin", clock.within().toMillis());
    }
    BatchPictures.detach(json);
    return json;
  }

  @Override
  public Batch read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(BatchPictures.attached(document), "", problems);
    Documents.open(fields, this, "batch:");
    String node = fields.text("node");
    Batch batch =
        new Batch(
            node,
            fields.text("stream"),
            fields.number("seq", 0),
            SampleJson.instant(fields, "at"),
            fields.objects("runs").stream().map(run -> run(run, node)).toList(),
            fields.objects("skipped").stream().map(BatchDocument::skipped).toList(),
            clock(fields));
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return batch;
  }

  private static @Nullable ClockOffset clock(Fields fields) {
    return fields.has("clockOffset")
        ? new ClockOffset(
            Duration.ofMillis(fields.number("clockOffset", 0)),
            Duration.ofMillis(fields.number("clockWithin", 0)))
        : null;
  }

  /**
   * One run as it stands inside a batch, but with its pictures in it ({@link
   * BatchPictures#detach}); the node's name is the batch's.
   */
  public static JsonObject write(Run run) {
    JsonObject json = new JsonObject();
    json.addProperty("test", run.testId());
    json.addProperty("planned", run.plannedAt().toEpochMilli());
    json.addProperty("late", SampleJson.micros(run.lateness()));
    json.addProperty("verdict", run.verdict().label());
    json.add("samples", samples(run.samples()));
    if (!run.retried().isEmpty()) {
      json.add("retried", samples(run.retried()));
    }
    return json;
  }

  /**
   * A run as {@link #write(Run)} has written it.
   *
   * @param node who made it
   * @throws DocumentException when it is none
   */
  public static Run readRun(JsonObject json, String node) {
    List<Problem> problems = new ArrayList<>();
    Run run = run(new Fields(json, "", problems), node);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return run;
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
    samples.forEach(sample -> array.add(SampleJson.write(sample)));
    return array;
  }

  static Run run(Fields run, String node) {
    return new Run(
        run.text("test"),
        node,
        SampleJson.instant(run, "planned"),
        SampleJson.duration(run, "late"),
        run.objects("samples").stream().map(SampleJson::read).toList(),
        run.objects("retried").stream().map(SampleJson::read).toList(),
        run.oneOf("verdict", Verdict.UNKNOWN, Verdict.values(), Verdict::label));
  }

  private static SkippedSlots skipped(Fields slots) {
    return new SkippedSlots(
        slots.text("test"),
        slots.oneOf(
            "why", SkippedSlots.Why.MISSED, SkippedSlots.Why.values(), SkippedSlots.Why::label),
        SampleJson.instant(slots, "first"),
        SampleJson.instant(slots, "last"),
        slots.smallNumber("count", 1),
        slots.text("reason", ""));
  }
}
