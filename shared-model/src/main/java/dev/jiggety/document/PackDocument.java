package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Histogram;
import dev.jiggety.model.Pack;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Point;
import dev.jiggety.model.Summary;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.Sums;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code pack:} and {@code day:} documents: what a node found out about a test in an hour, or a
 * day, of UTC. What the id says is not said again. Of an hour the single samples stand there, and
 * the histograms are made of them; of a day the histograms. Immutable, with a revision that is a
 * function of the content like a batch's. See docs/documents/pack.md.
 */
public final class PackDocument implements DocumentType<Pack> {
  /** Of an hour. */
  public static final PackDocument HOUR = new PackDocument("pack", Pack.Span.HOUR);

  /** Of a day. */
  public static final PackDocument DAY = new PackDocument("day", Pack.Span.DAY);

  private static final Pattern ID =
      Pattern.compile("[a-z]+:([^:]+):(\\d{8})(\\d{2})?:([^:]+):([1-9]\\d{0,8})");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);

  private final String type;
  private final Pack.Span span;

  private PackDocument(String type, Pack.Span span) {
    this.type = type;
    this.span = span;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Pack pack) {
    return span == Pack.Span.HOUR
        ? Ids.pack(pack.test(), pack.from(), pack.node(), pack.part())
        : Ids.day(pack.test(), pack.from(), pack.node(), pack.part());
  }

  /** The document of a pack with its revision, ready to be pushed without new edits. */
  public static JsonObject document(Pack pack) {
    JsonObject document = (pack.span() == Pack.Span.HOUR ? HOUR : DAY).write(pack);
    document.addProperty("_rev", BatchDocument.revision(document));
    return document;
  }

  @Override
  public JsonObject write(Pack pack) {
    JsonObject json = Documents.envelope(id(pack), type, schema());
    Summary summary = pack.summary();
    json.add("runs", numbers(runs(summary)));
    if (summary.missed() != 0 || summary.suppressed() != 0) {
      json.add("skipped", numbers(summary.missed(), summary.suppressed()));
    }
    if (summary.total().count() > 0) {
      json.add(
          "times",
          numbers(micros(summary.sum()), micros(summary.shortest()), micros(summary.longest())));
    }
    if (span == Pack.Span.HOUR) {
      json.addProperty("points", PointColumns.write(pack.points(), pack.from()));
    } else {
      writeDay(json, pack);
    }
    return json;
  }

  private static void writeDay(JsonObject json, Pack pack) {
    Summary summary = pack.summary();
    if (!summary.errors().isEmpty()) {
      JsonObject errors = new JsonObject();
      new EnumMap<>(summary.errors())
          .forEach((kind, count) -> errors.addProperty(kind.label(), count));
      json.add("errors", errors);
    }
    json.addProperty("total", HistogramText.write(summary.total()));
    JsonObject phases = new JsonObject();
    for (Phase phase : Phase.values()) {
      Histogram times = summary.phases().get(phase);
      if (times != null) {
        phases.addProperty(phase.label(), HistogramText.write(times));
      }
    }
    json.add("phases", phases);
    json.add("included", numbers(pack.included().stream().mapToLong(part -> part).toArray()));
  }

  @Override
  public Pack read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    Documents.open(fields, this, type + ":");
    Key key = key(document);
    List<Point> points = span == Pack.Span.HOUR ? points(document) : List.of();
    long[] included = span == Pack.Span.DAY ? numbers(fields, "included", 24) : new long[0];
    Summary summary = summary(fields, points);
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return new Pack(
        key.test(),
        key.node(),
        key.from(),
        span,
        key.part(),
        summary,
        points,
        Arrays.stream(included).mapToObj(part -> (int) part).toList());
  }

  /** What the id of a pack says. */
  public record Key(String test, Instant from, String node, int part) {}

  /**
   * What the id of a document says, of an hour or a day.
   *
   * @throws DocumentException when it is not the id of a pack
   */
  public static Key key(JsonObject document) {
    String id = new Fields(document, "", new ArrayList<>()).text("_id", "");
    Matcher parts = ID.matcher(id);
    if (!parts.matches()) {
      throw wrong("_id", "\"" + id + "\" is not the id of a pack");
    }
    try {
      Instant day = LocalDate.parse(parts.group(2), DATE).atStartOfDay(ZoneOffset.UTC).toInstant();
      String hour = parts.group(3);
      return new Key(
          parts.group(1),
          hour == null ? day : day.plus(Integer.parseInt(hour), ChronoUnit.HOURS),
          parts.group(4),
          Integer.parseInt(parts.group(5)));
    } catch (DateTimeException e) {
      throw wrong("_id", "\"" + id + "\" holds no date");
    }
  }

  /**
   * The samples alone of an hour's document, which is quicker than reading all of it.
   *
   * @throws DocumentException when they cannot be read
   */
  public static List<Point> points(JsonObject document) {
    Instant from = key(document).from();
    try {
      return PointColumns.read(
          new Fields(document, "", new ArrayList<>()).text("points", ""), from);
    } catch (IllegalArgumentException e) {
      throw wrong("points", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Adds what an hour's document says to sums, quicker than by reading all of it.
   *
   * @return the samples
   * @throws DocumentException when it cannot be read
   */
  public static List<Point> addTo(Sums sums, JsonObject document) {
    List<Point> points = points(document);
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    long[] skipped = fields.has("skipped") ? numbers(fields, "skipped", 2) : new long[2];
    long[] times = fields.has("times") ? numbers(fields, "times", 3) : new long[3];
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    sums.add(
        points,
        Duration.of(times[0], ChronoUnit.MICROS),
        Duration.of(times[1], ChronoUnit.MICROS),
        Duration.of(times[2], ChronoUnit.MICROS));
    sums.skipped(skipped[0], skipped[1]);
    return points;
  }

  private Summary summary(Fields fields, List<Point> points) {
    long[] counts = numbers(fields, "runs", Verdict.values().length);
    Map<Verdict, Long> runs = new EnumMap<>(Verdict.class);
    int column = 0;
    for (Verdict verdict : Verdict.values()) {
      runs.put(verdict, counts[column++]);
    }
    long[] skipped = fields.has("skipped") ? numbers(fields, "skipped", 2) : new long[2];
    long[] times = fields.has("times") ? numbers(fields, "times", 3) : new long[3];
    Summary made = span == Pack.Span.HOUR ? Sums.of(points) : Summary.NONE;
    boolean isHour = span == Pack.Span.HOUR;
    return new Summary(
        runs,
        isHour ? made.errors() : errors(fields),
        skipped[0],
        skipped[1],
        isHour ? made.total() : histogram(fields, "total"),
        isHour ? made.phases() : phases(fields.object("phases")),
        Duration.of(times[1], ChronoUnit.MICROS),
        Duration.of(times[2], ChronoUnit.MICROS),
        Duration.of(times[0], ChronoUnit.MICROS));
  }

  private static Map<ErrorKind, Long> errors(Fields fields) {
    Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    Fields found = fields.object("errors");
    for (ErrorKind kind : ErrorKind.values()) {
      if (found.has(kind.label())) {
        errors.put(kind, found.number(kind.label(), 0));
      }
    }
    return errors;
  }

  private static Map<Phase, Histogram> phases(Fields found) {
    Map<Phase, Histogram> phases = new EnumMap<>(Phase.class);
    for (Phase phase : Phase.values()) {
      if (found.has(phase.label())) {
        phases.put(phase, histogram(found, phase.label()));
      }
    }
    return phases;
  }

  private static Histogram histogram(Fields fields, String name) {
    Histogram read = fields.parsed(name, Histogram.EMPTY, HistogramText::read);
    return read == null ? Histogram.EMPTY : read;
  }

  private static long[] numbers(Fields fields, String name, int count) {
    JsonArray array = fields.array(name);
    long[] values = new long[count];
    if (array.size() != count) {
      fields.report(name, "must have " + count + " numbers");
      return values;
    }
    int next = 0;
    for (JsonElement element : array) {
      long value = SampleJson.wholeNumber(element);
      if (value < 0) {
        fields.report(name, "must be whole numbers");
        value = 0;
      }
      values[next++] = value;
    }
    return values;
  }

  private static long[] runs(Summary summary) {
    return Arrays.stream(Verdict.values())
        .mapToLong(verdict -> summary.runs().getOrDefault(verdict, 0L))
        .toArray();
  }

  private static JsonArray numbers(long... values) {
    JsonArray array = new JsonArray(values.length);
    for (long value : values) {
      array.add(value);
    }
    return array;
  }

  private static long micros(Duration duration) {
    return SampleJson.micros(duration);
  }

  private static DocumentException wrong(String place, String message) {
    return new DocumentException(List.of(new Problem(place, message)));
  }
}
