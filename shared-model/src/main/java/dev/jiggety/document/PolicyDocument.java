package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Limit;
import dev.jiggety.model.Policy.Quiet;
import dev.jiggety.model.Policy.Selection;
import dev.jiggety.model.Policy.Step;
import dev.jiggety.model.rules.notice.PolicyRules;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code policy:<id>} documents of the configuration, and the same fields as people write them in
 * files. Fields at their default are not written; see docs/documents/policy.md.
 */
public final class PolicyDocument implements PlainDocument<Policy> {
  /** The one instance; it has no state. */
  public static final PolicyDocument TYPE = new PolicyDocument();

  private static final ZoneId UTC = ZoneId.of("UTC");

  private PolicyDocument() {}

  @Override
  public String type() {
    return "policy";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Policy policy) {
    return Ids.policy(policy.id());
  }

  @Override
  public Policy read(JsonObject document) {
    return read(document, false);
  }

  @Override
  public Policy readStrictly(JsonObject written) {
    return read(written, true);
  }

  @Override
  public List<Problem> problems(Policy policy) {
    return PolicyRules.problems(policy);
  }

  @Override
  public JsonObject write(Policy policy) {
    JsonObject json = Documents.envelope(id(policy), type(), schema());
    writeFields(policy, json);
    return json;
  }

  @Override
  public JsonObject writePlain(Policy policy) {
    JsonObject json = new JsonObject();
    json.addProperty("id", policy.id());
    writeFields(policy, json);
    return json;
  }

  private Policy read(JsonObject json, boolean strictly) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(json, "", problems);
    String id = strictly ? fields.text("id") : Documents.open(fields, this, "policy:");
    Policy policy =
        new Policy(
            id,
            fields.text("name", id),
            fields.flag("active", true),
            selection(fields.object("which"), strictly),
            steps(fields, strictly),
            fields.duration("remind", null),
            Objects.requireNonNull(fields.duration("group", Policy.DEFAULT_GROUP)),
            limit(fields.object("limit"), strictly),
            hours(fields, strictly),
            quiet(fields, strictly),
            fields.flag("resolved", true));
    if (strictly) {
      fields.refuseUnknown();
    }
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return policy;
  }

  private static Selection selection(Fields fields, boolean strictly) {
    Selection selection =
        new Selection(
            kinds(fields),
            new TreeSet<>(fields.texts("tags")),
            new TreeSet<>(fields.texts("tests")),
            new TreeSet<>(fields.texts("nodes")));
    if (strictly) {
      fields.refuseUnknown();
    }
    return selection;
  }

  private static Set<Incident.Kind> kinds(Fields fields) {
    Set<Incident.Kind> kinds = EnumSet.noneOf(Incident.Kind.class);
    Collection<String> texts = fields.texts("kinds");
    int at = 0;
    for (String text : texts) {
      boolean isKnown = false;
      for (Incident.Kind kind : Incident.Kind.values()) {
        if (kind.label().equals(text)) {
          kinds.add(kind);
          isKnown = true;
        }
      }
      if (!isKnown) {
        List<String> known = new ArrayList<>();
        for (Incident.Kind kind : Incident.Kind.values()) {
          known.add(kind.label());
        }
        fields.report(
            "kinds[" + at + "]", "\"" + text + "\" is not one of " + String.join(", ", known));
      }
      at++;
    }
    return kinds;
  }

  private static List<Step> steps(Fields fields, boolean strictly) {
    List<Step> steps = new ArrayList<>();
    for (Fields step : fields.objects("steps")) {
      steps.add(
          new Step(
              Objects.requireNonNull(step.duration("after", Duration.ZERO)),
              List.copyOf(step.texts("channels"))));
      if (strictly) {
        step.refuseUnknown();
      }
    }
    return steps;
  }

  private static Limit limit(Fields fields, boolean strictly) {
    Limit limit =
        new Limit(
            fields.smallNumber("count", Limit.DEFAULT.count()),
            Objects.requireNonNull(fields.duration("per", Limit.DEFAULT.per())));
    if (strictly) {
      fields.refuseUnknown();
    }
    return limit;
  }

  private static List<Hours> hours(Fields fields, boolean strictly) {
    List<Hours> all = new ArrayList<>();
    for (Fields item : fields.objects("hours")) {
      all.add(hours(item));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return all;
  }

  private static List<Quiet> quiet(Fields fields, boolean strictly) {
    List<Quiet> all = new ArrayList<>();
    for (Fields item : fields.objects("quiet")) {
      all.add(new Quiet(hours(item), kinds(item)));
      if (strictly) {
        item.refuseUnknown();
      }
    }
    return all;
  }

  private static Hours hours(Fields fields) {
    if (!fields.has("for")) {
      fields.report("for", "is missing: how long it lasts, like 8h");
    }
    return new Hours(
        fields.text("cron"),
        Objects.requireNonNull(fields.duration("for", Duration.ofHours(1))),
        Objects.requireNonNull(fields.parsed("zone", UTC, TestDocument::zone)));
  }

  private static void writeFields(Policy policy, JsonObject json) {
    json.addProperty("name", policy.name());
    if (!policy.active()) {
      json.addProperty("active", false);
    }
    if (!policy.which().equals(Selection.ALL)) {
      JsonObject which = new JsonObject();
      writeKinds(which, policy.which().kinds());
      TestDocument.addTexts(which, "tags", policy.which().tags());
      TestDocument.addTexts(which, "tests", policy.which().tests());
      TestDocument.addTexts(which, "nodes", policy.which().nodes());
      json.add("which", which);
    }
    JsonArray steps = new JsonArray();
    for (Step step : policy.steps()) {
      JsonObject item = new JsonObject();
      if (!step.after().isZero()) {
        item.addProperty("after", Durations.format(step.after()));
      }
      TestDocument.addTexts(item, "channels", step.channels());
      steps.add(item);
    }
    json.add("steps", steps);
    if (policy.remind() != null) {
      json.addProperty("remind", Durations.format(policy.remind()));
    }
    if (!policy.group().equals(Policy.DEFAULT_GROUP)) {
      json.addProperty("group", Durations.format(policy.group()));
    }
    if (!policy.limit().equals(Limit.DEFAULT)) {
      JsonObject limit = new JsonObject();
      limit.addProperty("count", policy.limit().count());
      limit.addProperty("per", Durations.format(policy.limit().per()));
      json.add("limit", limit);
    }
    writeTimes(policy, json);
    if (!policy.resolved()) {
      json.addProperty("resolved", false);
    }
  }

  private static void writeTimes(Policy policy, JsonObject json) {
    if (!policy.hours().isEmpty()) {
      JsonArray hours = new JsonArray();
      policy.hours().forEach(item -> hours.add(write(item)));
      json.add("hours", hours);
    }
    if (!policy.quiet().isEmpty()) {
      JsonArray quiet = new JsonArray();
      for (Quiet item : policy.quiet()) {
        JsonObject fields = write(item.hours());
        writeKinds(fields, item.kinds());
        quiet.add(fields);
      }
      json.add("quiet", quiet);
    }
  }

  private static JsonObject write(Hours hours) {
    JsonObject json = new JsonObject();
    json.addProperty("cron", hours.cron());
    json.addProperty("for", Durations.format(hours.length()));
    if (!hours.zone().equals(UTC)) {
      json.addProperty("zone", hours.zone().getId());
    }
    return json;
  }

  private static void writeKinds(JsonObject json, Set<Incident.Kind> kinds) {
    TestDocument.addTexts(
        json, "kinds", kinds.stream().sorted().map(Incident.Kind::label).toList());
  }
}
