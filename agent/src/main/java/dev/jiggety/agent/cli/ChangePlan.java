package dev.jiggety.agent.cli;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.TestDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What has to change on the hub so that it holds what the files say. Pure.
 *
 * @param steps in the order of the tests' ids; tests that are right already are not among them
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
    Map<String, Stored<TestDefinition>> byId =
        present.stream().collect(Collectors.toMap(test -> test.value().id(), Function.identity()));
    List<Step> steps = new ArrayList<>();
    for (TestDefinition test : wanted) {
      Step step = step(test, byId.remove(test.id()));
      if (step != null) {
        steps.add(step);
      }
    }
    int same = wanted.size() - steps.size();
    List<Stored<TestDefinition>> extra =
        byId.values().stream().sorted(Comparator.comparing(test -> test.value().id())).toList();
    if (prune) {
      extra.forEach(test -> steps.add(removal(test)));
    }
    steps.sort(Comparator.comparing(step -> step.change().target()));
    return new ChangePlan(
        steps, same, prune ? List.of() : extra.stream().map(test -> test.value().id()).toList());
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

  private static Step removal(Stored<TestDefinition> present) {
    TestDefinition test = present.value();
    return new Step(Contents.delete(present.raw()), '-', test.id() + "  " + test.name(), List.of());
  }
}
