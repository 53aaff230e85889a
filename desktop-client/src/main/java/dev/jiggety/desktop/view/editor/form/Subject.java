package dev.jiggety.desktop.view.editor.form;

import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Phase;
import dev.jiggety.model.rules.AssertionRules;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes with what an assertion looks at. Of a word that is not known: everything. */
public final class Subject {
  private final @Nullable Target target;

  private Subject(@Nullable Target target) {
    this.target = target;
  }

  /** By its name in documents. */
  public static Subject of(String label) {
    return new Subject(
        Arrays.stream(Target.values())
            .filter(target -> target.label().equals(label))
            .findFirst()
            .orElse(null));
  }

  /** The comparisons that make sense, the usual one first. */
  public List<Operator> operators() {
    return target == null ? List.of(Operator.values()) : AssertionRules.row(target).operators();
  }

  /** Whether it has to be told which one: a header's name, a phase, a path. */
  public boolean needsName() {
    return target == null || AssertionRules.row(target).needsName();
  }

  /** Whether it makes sense to turn it round. */
  public boolean negatable() {
    return target == null || AssertionRules.row(target).negatable();
  }

  /** Names to choose from. */
  public List<String> names() {
    return switch (target) {
      case HEADER -> List.of("content-type", "cache-control", "location", "server");
      case PHASE -> Arrays.stream(Phase.values()).map(Phase::label).toList();
      case MILESTONE ->
          List.of(
              "responseStart",
              "first-contentful-paint",
              "domInteractive",
              "domContentLoadedEventEnd",
              "loadEventEnd");
      case null, default -> List.of();
    };
  }

  /** What a name looks like; empty where there is none. */
  public String exampleName() {
    return switch (target) {
      case HEADER -> "content-type";
      case PHASE -> "wait";
      case MILESTONE -> "loadEventEnd";
      case JSON -> "$.items[0].name";
      case XPATH -> "//h1";
      case CSS -> "h1.title";
      case null, default -> "";
    };
  }

  /** What a value looks like. */
  public String exampleValue() {
    return target == null
        ? ""
        : switch (AssertionRules.row(target).value()) {
          case STATUS -> "200-299,304";
          case TIME -> "800ms";
          case DAYS -> "14";
          case COUNT -> "3";
          case SIZE -> "64KB";
          case TEXT, TEXT_OR_NUMBER, SCHEMA -> "";
        };
  }

  /** Takes out of a row what does not go with it, after somebody chose it. */
  public void suit(Group row) {
    if (target == null) {
      return;
    }
    if (operators().stream().noneMatch(it -> it.label().equals(row.text("op").get()))
        && isOperator(row.text("op").get())) {
      row.text("op").set(operators().getFirst().label());
    }
    if (!needsName() && !row.text("name").get().isEmpty()) {
      row.text("name").set("");
    }
    if (!negatable()) {
      row.flag("not").set(false);
    }
  }

  private static boolean isOperator(String label) {
    return Arrays.stream(Operator.values()).anyMatch(it -> it.label().equals(label));
  }
}
