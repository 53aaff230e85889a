package dev.jiggety.agent.cli;

import com.google.gson.JsonObject;
import dev.jiggety.document.Contents;
import dev.jiggety.document.PlainDocuments;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.document.yaml.TestYaml.Written;
import dev.jiggety.model.Change;
import dev.jiggety.model.TestDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to change on the hub so that it holds what the files say. Pure.
 *
 * @param steps in the order of the documents' ids; what is right already is not among them
 * @param same how many are right already
 * @param extra ids on the hub that no file has, and that are left alone
 */
record ChangePlan(List<Step> steps, int same, List<String> extra) {

  ChangePlan {
    steps = List.copyOf(steps);
    extra = List.copyOf(extra);
  }

  /**
   * One change.
   *
   * @param change what to hand in
   * @param sign {@code +}, {@code ~} or {@code -}
   * @param title the test, for people
   * @param details the fields that change; empty for a new or a removed test
   */
  record Step(Change change, char sign, String title, List<String> details) {}

  /**
   * Compares files with the hub.
   *
   * @param prune whether tests that no file has are removed
   */
  static ChangePlan of(
      List<TestDefinition> wanted, List<Stored<TestDefinition>> present, boolean prune) {
    return of(new Written(wanted, List.of()), new OnTheHub(present, List.of()), prune);
  }

  /**
   * What the hub holds of what people write in files.
   *
   * @param documents what is no test, with {@code _id}, {@code type} and {@code schema}
   */
  record OnTheHub(List<Stored<TestDefinition>> tests, List<JsonObject> documents) {}

  /** The same with the other documents that people write in files. */
  static ChangePlan of(Written written, OnTheHub hub, boolean prune) {
    List<TestDefinition> wanted = written.tests();
    List<Stored<TestDefinition>> present = hub.tests();
    Map<String, Stored<TestDefinition>> byId =
        present.stream().collect(Collectors.toMap(test -> test.value().id(), Function.identity()));
    List<Step> steps = new ArrayList<>();
    for (TestDefinition test : wanted) {
      Step step = step(test, byId.remove(test.id()));
      if (step != null) {
        steps.add(step);
      }
    }
    Map<String, JsonObject> others = new TreeMap<>();
    hub.documents().forEach(document -> others.put(id(document), document));
    for (JsonObject document : written.documents()) {
      Step step = step(document, others.remove(id(document)));
      if (step != null) {
        steps.add(step);
      }
    }
    int same = wanted.size() + written.documents().size() - steps.size();
    List<Stored<TestDefinition>> extra =
        byId.values().stream().sorted(Comparator.comparing(test -> test.value().id())).toList();
    if (prune) {
      extra.forEach(test -> steps.add(removal(test)));
      others.values().forEach(document -> steps.add(removal(document)));
    }
    steps.sort(Comparator.comparing(step -> step.change().target()));
    List<String> left = new ArrayList<>();
    if (!prune) {
      extra.forEach(test -> left.add(test.value().id()));
      left.addAll(others.keySet());
    }
    return new ChangePlan(steps, same, left);
  }

  /** The changes of a patch, in the order of the steps. */
  List<Change> changes() {
    return steps.stream().map(Step::change).toList();
  }

  /** The plan as lines for people. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Step step : steps) {
      lines.add(step.sign() + " " + step.title());
      step.details().forEach(detail -> lines.add("    " + detail));
    }
    lines.add(summary());
    return lines;
  }

  private String summary() {
    String left =
        extra.isEmpty()
            ? ""
            : ", " + extra.size() + " on the hub in no file (--prune removes them)";
    return count('+')
        + " to create, "
        + count('~')
        + " to change, "
        + count('-')
        + " to remove, "
        + same
        + " unchanged"
        + left;
  }

  private long count(char sign) {
    return steps.stream().filter(step -> step.sign() == sign).count();
  }

  private static @Nullable Step step(
      TestDefinition test, @Nullable Stored<TestDefinition> present) {
    String title = test.id() + "  " + test.name();
    if (present == null) {
      return new Step(Contents.put(test, null), '+', title, List.of());
    }
    if (present.value().equals(test)) {
      return null;
    }
    List<String> details =
        JsonDiff.lines(
            TestDocument.TYPE.writePlain(present.value()), TestDocument.TYPE.writePlain(test));
    return new Step(Contents.put(test, present.raw()), '~', title, details);
  }

  private static @Nullable Step step(JsonObject document, @Nullable JsonObject present) {
    String title = title(document);
    if (present == null) {
      return new Step(PlainDocuments.put(document, null), '+', title, List.of());
    }
    JsonObject before = PlainDocuments.plain(present);
    JsonObject after = PlainDocuments.plain(document);
    if (before.equals(after)) {
      return null;
    }
    return new Step(
        PlainDocuments.put(document, present), '~', title, JsonDiff.lines(before, after));
  }

  private static Step removal(JsonObject present) {
    return new Step(Contents.delete(present), '-', title(present), List.of());
  }

  private static String title(JsonObject document) {
    return id(document) + "  " + PlainDocuments.name(document);
  }

  private static String id(JsonObject document) {
    return document.get("_id").getAsString();
  }

  private static Step removal(Stored<TestDefinition> present) {
    TestDefinition test = present.value();
    return new Step(Contents.delete(present.raw()), '-', test.id() + "  " + test.name(), List.of());
  }
}
