package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * {@code test:<id>} documents, and the same fields as people write them in files. Fields at their
 * default are not written. Durations stand as text ({@code 30s}); see docs/documents/test.md.
 */
public final class TestDocument implements DocumentType<TestDefinition> {
  /** The one instance; it has no state. */
  public static final TestDocument TYPE = new TestDocument();

  private static final TestDefinition DEFAULTS =
      TestDefinition.builder("defaults", Check.Http.get("")).build();

  private TestDocument() {}

  @Override
  public String type() {
    return "test";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(TestDefinition test) {
    return Ids.test(test.id());
  }

  @Override
  public TestDefinition read(JsonObject document) {
    return read(document, false);
  }

  /**
   * Reads what a person wrote: {@code id} instead of {@code _id}, and every field that is not known
   * is an error, since it is a slip of the pen.
   *
   * @throws DocumentException with all problems and their places
   */
  public TestDefinition readStrictly(JsonObject written) {
    return read(written, true);
  }

  @Override
  public JsonObject write(TestDefinition test) {
    JsonObject json = Documents.envelope(id(test), type(), schema());
    writeFields(test).entrySet().forEach(field -> json.add(field.getKey(), field.getValue()));
    return json;
  }

  /** The fields as a person would write them: with {@code id}, without what only documents have. */
  public JsonObject writePlain(TestDefinition test) {
    JsonObject json = new JsonObject();
    json.addProperty("id", test.id());
    writeFields(test).entrySet().forEach(field -> json.add(field.getKey(), field.getValue()));
    return json;
  }

  private TestDefinition read(JsonObject json, boolean strictly) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(json, "", problems);
    String id = strictly ? fields.text("id") : Documents.open(fields, this, "test:");
    String kind = fields.text("kind", Check.Http.KIND);
    TestDefinition test =
        TestDefinition.builder(id, CheckFields.read(fields, kind, strictly))
            .name(fields.text("name", id))
            .active(fields.flag("active", true))
            .tags(fields.texts("tags"))
            .schedule(schedule(fields, strictly))
            .where(placement(fields, strictly))
            .samples(fields.smallNumber("samples", DEFAULTS.samples()))
            .timeout(Objects.requireNonNull(fields.duration("timeout", DEFAULTS.timeout())))
            .retries(retries(fields, strictly))
            .quorum(quorum(fields, strictly))
            .degraded(DegradedFields.read(fields, strictly))
            .depends(fields.texts("depends"))
            .assertions(AssertionFields.read(fields, strictly))
            .build();
    if (strictly) {
      fields.refuseUnknown();
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return test;
  }

  private JsonObject writeFields(TestDefinition test) {
    JsonObject json = new JsonObject();
    json.addProperty("name", test.name());
    if (!test.active()) {
      json.addProperty("active", false);
    }
    addTexts(json, "tags", test.tags());
    json.addProperty("kind", test.check().kind());
    CheckFields.write(json, test.check());
    json.add("schedule", write(test.schedule()));
    if (!test.where().equals(Placement.EVERYWHERE)) {
      JsonObject where = new JsonObject();
      addTexts(where, "tags", test.where().tags());
      addTexts(where, "nodes", test.where().nodes());
      json.add("where", where);
    }
    if (test.samples() != DEFAULTS.samples()) {
      json.addProperty("samples", test.samples());
    }
    if (!test.timeout().equals(DEFAULTS.timeout())) {
      json.addProperty("timeout", Durations.format(test.timeout()));
    }
    if (!test.retries().equals(Retries.DEFAULT)) {
      JsonObject retries = new JsonObject();
      retries.addProperty("count", test.retries().count());
      retries.addProperty("delay", Durations.format(test.retries().delay()));
      json.add("retries", retries);
    }
    if (!test.quorum().equals(Quorum.MAJORITY)) {
      json.add("quorum", write(test.quorum()));
    }
    if (!test.degraded().equals(Degraded.NEVER)) {
      json.add("degraded", DegradedFields.write(test.degraded()));
    }
    addTexts(json, "depends", test.depends());
    AssertionFields.write(json, test.assertions());
    return json;
  }

  private static Schedule schedule(Fields fields, boolean strictly) {
    if (!fields.has("schedule")) {
      return DEFAULTS.schedule();
    }
    Fields schedule = fields.object("schedule");
    Duration every = schedule.duration("every", null);
    String cron = schedule.textOrNull("cron");
    ZoneId zone =
        Objects.requireNonNull(schedule.parsed("zone", ZoneId.of("UTC"), TestDocument::zone));
    if (strictly) {
      schedule.refuseUnknown();
    }
    if (schedule.has("every") == (cron != null)) {
      fields.report("schedule", "needs either \"every\" (like 30s) or \"cron\" (like */5 * * * *)");
    }
    return cron != null
        ? new Schedule.Cron(cron, zone)
        : new Schedule.Every(every == null ? Duration.ofMinutes(1) : every);
  }

  static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a time zone; write it like Europe/Berlin or UTC", e);
    }
  }

  private static JsonObject write(Schedule schedule) {
    JsonObject json = new JsonObject();
    switch (schedule) {
      case Schedule.Every every -> json.addProperty("every", Durations.format(every.interval()));
      case Schedule.Cron cron -> {
        json.addProperty("cron", cron.expression());
        if (!cron.zone().equals(ZoneId.of("UTC"))) {
          json.addProperty("zone", cron.zone().getId());
        }
      }
    }
    return json;
  }

  private static Placement placement(Fields fields, boolean strictly) {
    Fields where = fields.object("where");
    Placement placement =
        new Placement(new TreeSet<>(where.texts("tags")), new TreeSet<>(where.texts("nodes")));
    if (strictly) {
      where.refuseUnknown();
    }
    return placement;
  }

  private static Retries retries(Fields fields, boolean strictly) {
    Fields retries = fields.object("retries");
    Retries read =
        new Retries(
            retries.smallNumber("count", Retries.DEFAULT.count()),
            Objects.requireNonNull(retries.duration("delay", Retries.DEFAULT.delay())));
    if (strictly) {
      retries.refuseUnknown();
    }
    return read;
  }

  private static Quorum quorum(Fields fields, boolean strictly) {
    if (!fields.has("quorum")) {
      return Quorum.MAJORITY;
    }
    Fields quorum = fields.object("quorum");
    int nodes = quorum.smallNumber("nodes", 1);
    int percent = quorum.smallNumber("percent", 51);
    if (quorum.has("nodes") == quorum.has("percent")) {
      fields.report("quorum", "needs either \"nodes\" or \"percent\"");
    }
    if (strictly) {
      quorum.refuseUnknown();
    }
    return quorum.has("nodes") ? new Quorum.AtLeast(nodes) : new Quorum.Percent(percent);
  }

  private static JsonObject write(Quorum quorum) {
    JsonObject json = new JsonObject();
    switch (quorum) {
      case Quorum.AtLeast atLeast -> json.addProperty("nodes", atLeast.nodes());
      case Quorum.Percent percent -> json.addProperty("percent", percent.percent());
    }
    return json;
  }

  static void addTexts(JsonObject json, String name, Collection<String> texts) {
    if (!texts.isEmpty()) {
      JsonArray array = new JsonArray();
      texts.forEach(array::add);
      json.add(name, array);
    }
  }

  static JsonObject parseObject(String text) {
    return JsonParser.parseString(text).getAsJsonObject();
  }
}
