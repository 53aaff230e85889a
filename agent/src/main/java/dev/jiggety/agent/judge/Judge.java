package dev.jiggety.agent.judge;

import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.rules.AssertionRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an answer is what a test asks for. Safe for any thread; every call is bounded. */
public final class Judge {
  /** What is asked for where nothing is. */
  private static final Assertion ANY_SUCCESS =
      Assertion.that(Target.STATUS, Operator.IN, "200-399");

  private static final Assertion ANY_ANSWER = Assertion.that(Target.ANSWER, Operator.EXISTS, "");

  private Judge() {}

  /**
   * The first thing that is not as asked for, wrong answers before slow ones; empty when all is. An
   * assertion that makes no sense (see {@code model.rules.AssertionRules}) fails as {@link
   * ErrorKind#INTERNAL}.
   *
   * @param assertions none at all ask for a status of 200 to 399 where there is a status, and for
   *     at least one answer of a name server; filled in, see {@code model.rules.Placeholders}
   */
  public static Optional<Failure> check(List<Assertion> assertions, Answer answer) {
    List<Assertion> all = assertions.isEmpty() ? unasked(answer) : assertions;
    Looked looked = new Looked(answer);
    List<Failure> failures = new ArrayList<>();
    for (Assertion assertion : all) {
      Failure failure = check(assertion, looked);
      if (failure != null) {
        failures.add(failure);
      }
    }
    Optional<Failure> first =
        failures.stream()
            .filter(failure -> failure.kind() != ErrorKind.SLOW)
            .findFirst()
            .or(() -> failures.stream().findFirst());
    int others = failures.size() - 1;
    return others < 1
        ? first
        : first.map(failure ->
            new Failure(
                failure.kind(), failure.phase(), failure.text() + " (and " + others + " more)"));
  }

  /** What is wrong with assertions, each with its place: also what only this room can tell. */
  public static List<Problem> problems(List<Assertion> assertions) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < assertions.size(); i++) {
      Assertion assertion = assertions.get(i);
      String place = "assert[" + i + "]";
      List<Problem> found = new ArrayList<>(AssertionRules.problems(assertion));
      if (found.isEmpty() && assertion.target() == Target.SCHEMA) {
        Schemas.problem(assertion.expected())
            .ifPresent(text -> found.add(new Problem("value", text)));
      }
      found.stream().map(problem -> problem.under(place)).forEach(problems::add);
    }
    return problems;
  }

  /** Takes something out of an answer: the first that its expression finds. */
  public static Captured capture(Capture capture, Answer answer) {
    String trouble = "";
    try {
      List<String> found =
          new Looked(answer).find(capture.target(), capture.expression(), capture.expression());
      if (!found.isEmpty()) {
        return new Captured.Found(capture.name(), found.getFirst(), capture.secret());
      }
    } catch (NothingThereException e) {
      trouble = " in " + e.getMessage();
    } catch (RuntimeException e) {
      trouble = " (" + e.getMessage() + ")";
    }
    return new Captured.Missing(
        new Failure(
            ErrorKind.ASSERTION,
            null,
            "capture "
                + capture.name()
                + ": found nothing by "
                + capture.target().label()
                + " "
                + Words.excerpt(capture.expression())
                + trouble));
  }

  private static List<Assertion> unasked(Answer answer) {
    if (answer.status() != 0) {
      return List.of(ANY_SUCCESS);
    }
    return answer.answers() == null ? List.of() : List.of(ANY_ANSWER);
  }

  private static @Nullable Failure check(Assertion assertion, Looked looked) {
    List<Problem> problems = AssertionRules.problems(assertion);
    if (!problems.isEmpty()) {
      return nonsense(assertion, problems.getFirst().toString());
    }
    try {
      return Holding.of(assertion, looked);
    } catch (RuntimeException e) {
      return nonsense(assertion, String.valueOf(e.getMessage()));
    }
  }

  private static Failure nonsense(Assertion assertion, String why) {
    return new Failure(
        ErrorKind.INTERNAL,
        null,
        "the assertion on " + assertion.target().label() + " makes no sense: " + why);
  }
}
