package dev.jiggety.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.model.HeadChange;
import dev.jiggety.model.NodeProgress;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code rollout:<id>} documents in the database of patches; see docs/documents/rollout.md. */
public final class RolloutDocument implements DocumentType<Rollout> {
  /** The one instance; it has no state. */
  public static final RolloutDocument TYPE = new RolloutDocument();

  private RolloutDocument() {}

  @Override
  public String type() {
    return "rollout";
  }

  @Override
  public int schema() {
    return 1;
  }

  @Override
  public String id(Rollout rollout) {
    return Ids.rollout(rollout.id());
  }

  @Override
  public JsonObject write(Rollout rollout) {
    JsonObject json = Documents.envelope(id(rollout), type(), schema());
    if (rollout.attempt() != 1) {
      json.addProperty("attempt", rollout.attempt());
    }
    JsonArray riders = new JsonArray();
    rollout.riders().forEach(rider -> riders.add(write(rider)));
    json.add("riders", riders);
    json.add("strategy", StrategyFields.write(rollout.strategy()));
    json.addProperty("expires", rollout.expires().toEpochMilli());
    json.addProperty("state", rollout.state().label());
    json.addProperty("since", rollout.since().toEpochMilli());
    time(json, "deadline", rollout.deadline());
    json.addProperty("epoch", rollout.epoch());
    number(json, "release", rollout.release());
    text(json, "base", rollout.base());
    text(json, "digest", rollout.digest());
    if (!rollout.tombstones().isEmpty()) {
      JsonArray tombstones = new JsonArray();
      rollout.tombstones().forEach(tombstones::add);
      json.add("tombstones", tombstones);
    }
    TestDocument.addTexts(json, "canaries", rollout.canaries());
    lists(json, "waves", rollout.waves());
    number(json, "wave", rollout.wave());
    if (!rollout.progress().isEmpty()) {
      JsonObject progress = new JsonObject();
      rollout.progress().forEach((node, it) -> progress.add(node, write(it)));
      json.add("progress", progress);
    }
    text(json, "writing", rollout.writing() == null ? "" : rollout.writing().label());
    time(json, "confirmBy", rollout.confirmBy());
    text(json, "resumeTo", rollout.resumeTo() == null ? "" : rollout.resumeTo().label());
    number(json, "attempts", rollout.attempts());
    text(json, "approvedBy", rollout.approvedBy() == null ? "" : rollout.approvedBy());
    lists(json, "again", rollout.again());
    JsonArray transitions = new JsonArray();
    rollout.transitions().forEach(step -> transitions.add(write(step)));
    json.add("transitions", transitions);
    return json;
  }

  @Override
  public Rollout read(JsonObject document) {
    List<Problem> problems = new ArrayList<>();
    Fields fields = new Fields(document, "", problems);
    String id = Documents.open(fields, this, "rollout:");
    List<SortedSet<String>> waves = new ArrayList<>();
    lists(fields, "waves").forEach(wave -> waves.add(new TreeSet<>(wave)));
    Rollout rollout =
        Rollout.builder(
                id,
                fields.objects("riders").stream().map(RolloutDocument::rider).toList(),
                StrategyFields.read(fields.object("strategy")),
                Instant.EPOCH)
            .attempt(fields.smallNumber("attempt", 1))
            .expires(Instant.ofEpochMilli(fields.number("expires", 0)))
            .state(state(fields, "state"), Instant.ofEpochMilli(fields.number("since", 0)))
            .deadline(time(fields, "deadline"))
            .epoch(fields.number("epoch", 0))
            .release(fields.number("release", 0))
            .digests(fields.text("base", ""), fields.text("digest", ""))
            .tombstones(numbers(fields, "tombstones"))
            .members(new TreeSet<>(fields.texts("canaries")), waves)
            .wave(fields.smallNumber("wave", 0))
            .progress(progress(fields))
            .writing(writing(fields))
            .confirmBy(time(fields, "confirmBy"))
            .resumeTo(fields.has("resumeTo") ? state(fields, "resumeTo") : null)
            .attempts(fields.smallNumber("attempts", 0))
            .approvedBy(fields.textOrNull("approvedBy"))
            .again(lists(fields, "again"))
            .transitions(
                fields.objects("transitions").stream().map(RolloutDocument::transition).toList())
            .build();
    if (!problems.isEmpty()) {
      throw new DocumentException(problems);
    }
    return rollout;
  }

  private static JsonObject write(Rollout.Rider rider) {
    JsonObject json = new JsonObject();
    json.addProperty("patch", rider.patchId());
    number(json, "seq", rider.seq());
    json.addProperty("author", rider.author());
    TestDocument.addTexts(json, "targets", rider.targets());
    return json;
  }

  private static Rollout.Rider rider(Fields rider) {
    return new Rollout.Rider(
        rider.text("patch"),
        rider.number("seq", 0),
        rider.text("author"),
        new TreeSet<>(rider.texts("targets")));
  }

  private static JsonObject write(NodeProgress progress) {
    JsonObject json = new JsonObject();
    json.addProperty("state", progress.state().label());
    text(json, "error", progress.error() == null ? "" : progress.error());
    number(json, "report", progress.report());
    time(json, "heardAt", progress.heardAt());
    number(json, "planned", progress.planned());
    number(json, "judged", progress.judged());
    number(json, "doubtful", progress.doubtful());
    return json;
  }

  private static SortedMap<String, NodeProgress> progress(Fields owner) {
    SortedMap<String, NodeProgress> all = new TreeMap<>();
    Fields nodes = owner.object("progress");
    for (String node : nodes.names()) {
      Fields one = nodes.object(node);
      all.put(
          node,
          new NodeProgress(
              one.oneOf(
                  "state",
                  NodeProgress.State.PENDING,
                  NodeProgress.State.values(),
                  NodeProgress.State::label),
              one.textOrNull("error"),
              one.number("report", 0),
              time(one, "heardAt"),
              one.smallNumber("planned", 0),
              one.smallNumber("judged", 0),
              one.smallNumber("doubtful", 0)));
    }
    return all;
  }

  private static JsonObject write(Rollout.Transition step) {
    JsonObject json = new JsonObject();
    json.addProperty("at", step.at().toEpochMilli());
    text(json, "from", step.from() == null ? "" : step.from().label());
    json.addProperty("to", step.to().label());
    json.add("cause", CauseFields.write(step.cause()));
    number(json, "release", step.release());
    json.addProperty("epoch", step.epoch());
    return json;
  }

  private static Rollout.Transition transition(Fields step) {
    return new Rollout.Transition(
        Instant.ofEpochMilli(step.number("at", 0)),
        step.has("from") ? state(step, "from") : null,
        state(step, "to"),
        CauseFields.read(step.object("cause")),
        step.number("release", 0),
        step.number("epoch", 0));
  }

  private static RolloutState state(Fields fields, String name) {
    if (!fields.has(name)) {
      fields.report(name, "is missing");
    }
    return fields.oneOf(name, RolloutState.HELD, RolloutState.values(), RolloutState::label);
  }

  private static HeadChange.@Nullable Step writing(Fields fields) {
    return fields.has("writing")
        ? fields.oneOf(
            "writing", HeadChange.Step.TURN_BACK, HeadChange.Step.values(), HeadChange.Step::label)
        : null;
  }

  private static List<Long> numbers(Fields fields, String name) {
    List<Long> numbers = new ArrayList<>();
    for (JsonElement item : fields.array(name)) {
      try {
        numbers.add(item.getAsBigDecimal().longValueExact());
      } catch (ArithmeticException
          | NumberFormatException
          | IllegalStateException
          | UnsupportedOperationException e) {
        fields.report(name, "must be whole numbers, found " + item);
      }
    }
    return numbers;
  }

  private static void lists(
      JsonObject json, String name, List<? extends Collection<String>> lists) {
    if (!lists.isEmpty()) {
      JsonArray array = new JsonArray();
      for (Collection<String> list : lists) {
        JsonArray inner = new JsonArray();
        list.forEach(inner::add);
        array.add(inner);
      }
      json.add(name, array);
    }
  }

  private static List<List<String>> lists(Fields fields, String name) {
    List<List<String>> lists = new ArrayList<>();
    for (JsonElement element : fields.array(name)) {
      List<String> inner = new ArrayList<>();
      if (element instanceof JsonArray array) {
        array.forEach(item -> inner.add(item.isJsonPrimitive() ? item.getAsString() : ""));
      } else {
        fields.report(name, "must be a list of lists");
      }
      lists.add(inner);
    }
    return lists;
  }

  private static void number(JsonObject json, String name, long value) {
    if (value != 0) {
      json.addProperty(name, value);
    }
  }

  private static void text(JsonObject json, String name, String value) {
    if (!value.isEmpty()) {
      json.addProperty(name, value);
    }
  }

  private static void time(JsonObject json, String name, @Nullable Instant value) {
    if (value != null) {
      json.addProperty(name, value.toEpochMilli());
    }
  }

  private static @Nullable Instant time(Fields fields, String name) {
    return fields.has(name) ? Instant.ofEpochMilli(fields.number(name, 0)) : null;
  }
}
