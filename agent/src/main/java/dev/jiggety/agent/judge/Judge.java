package dev.jiggety.agent.judge;

import dev.jiggety.base.Durations;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check.Header;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phase;
import dev.jiggety.model.rules.AssertionRules;
import dev.jiggety.model.rules.BoundedText;
import dev.jiggety.model.rules.NumberRanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether an answer is what a test asks for. */
public final class Judge {
  /** What is asked for where nothing is. */
  private static final Assertion ANY_SUCCESS =
      Assertion.that(Assertion.Target.STATUS, Operator.IN, "200-399");

  private static final Assertion ANY_ANSWER =
      Assertion.that(Assertion.Target.ANSWER, Operator.EXISTS, "");

  private static final int LONGEST_EXCERPT = 120;

  private Judge() {}

  /**
   * The first thing that is not as asked for, wrong answers before slow ones; empty when all is. An
   * assertion that makes no sense (see {@link TestRules}) fails as {@link ErrorKind#INTERNAL}.
   *
   * @param assertions none at all ask for a status of 200 to 399 where there is a status, and for
   *     at least one answer of a name server; filled in, see {@code model.rules.Placeholders}
   */
  public static Optional<Failure> check(List<Assertion> assertions, Answer answer) {
    List<Assertion> all = assertions.isEmpty() ? unasked(answer) : assertions;
    List<Failure> failures = new ArrayList<>();
    for (Assertion assertion : all) {
      Failure failure = check(assertion, answer);
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

  private static List<Assertion> unasked(Answer answer) {
    if (answer.status() != 0) {
      return List.of(ANY_SUCCESS);
    }
    return answer.answers() == null ? List.of() : List.of(ANY_ANSWER);
  }

  /** Takes something out of an answer. */
  public static Captured capture(Capture capture, Answer answer) {
    String found =
        switch (capture.target()) {
          case HEADER ->
              answer.headers().stream()
                  .filter(header -> header.name().equalsIgnoreCase(capture.expression()))
                  .map(Header::value)
                  .findFirst()
                  .orElse(null);
          case BODY -> inBody(capture, answer);
          default -> null;
        };
    if (found != null) {
      return new Captured.Found(capture.name(), found, capture.secret());
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
                + excerpt(capture.expression())));
  }

  private static @Nullable String inBody(Capture capture, Answer answer) {
    try {
      return BoundedText.first(capture.expression(), answer.body() == null ? "" : answer.body())
          .orElse(null);
    } catch (BoundedText.TooMuchWork e) {
      return null;
    }
  }

  private static @Nullable Failure check(Assertion assertion, Answer answer) {
    if (!AssertionRules.problems(assertion).isEmpty()) {
      return new Failure(
          ErrorKind.INTERNAL,
          null,
          "the assertion on "
              + assertion.target().label()
              + " makes no sense: "
              + AssertionRules.problems(assertion).getFirst());
    }
    return switch (assertion.target()) {
      case STATUS -> status(assertion, answer.status());
      case HEADER -> header(assertion, answer.headers());
      case BODY -> body(assertion, answer);
      case TOTAL -> time(assertion, "total", null, answer.total());
      case PHASE -> {
        Phase phase = AssertionRules.phase(assertion.name()).orElseThrow();
        yield time(
            assertion, phase.label(), phase, answer.phases().time(phase).orElse(Duration.ZERO));
      }
      case CERTIFICATE_DAYS -> certificate(assertion, answer.certificate());
      default -> wrong(assertion.target().label(), assertion, "nothing of the kind");
    };
  }

  private static @Nullable Failure status(Assertion assertion, int status) {
    boolean holds =
        switch (assertion.operator()) {
          case IN -> NumberRanges.parse(assertion.expected()).contains(status);
          case LESS_THAN -> status < NumberRanges.number(assertion.expected());
          case GREATER_THAN -> status > NumberRanges.number(assertion.expected());
          default -> status == NumberRanges.number(assertion.expected());
        };
    return holds != assertion.negated() ? null : wrong("status", assertion, "" + status);
  }

  private static @Nullable Failure header(Assertion assertion, List<Header> headers) {
    List<String> values =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase(assertion.name()))
            .map(Header::value)
            .toList();
    String what = "header " + assertion.name().toLowerCase(Locale.ROOT);
    String found = values.isEmpty() ? "no such header" : excerpt(String.join(", ", values));
    if (assertion.operator() == Operator.EXISTS) {
      return values.isEmpty() == assertion.negated() ? null : wrong(what, assertion, found);
    }
    try {
      boolean holds = values.stream().anyMatch(value -> compare(assertion, value));
      return holds != assertion.negated() ? null : wrong(what, assertion, found);
    } catch (BoundedText.TooMuchWork e) {
      return wrong(what, assertion, e.getMessage());
    }
  }

  private static @Nullable Failure body(Assertion assertion, Answer answer) {
    String body = answer.body() == null ? "" : answer.body();
    boolean holds;
    try {
      holds = compare(assertion, body);
    } catch (BoundedText.TooMuchWork e) {
      return wrong("body", assertion, e.getMessage());
    }
    if (holds != assertion.negated()) {
      return null;
    }
    String found = body.isEmpty() ? "an empty body" : excerpt(body);
    String cut = answer.complete() ? "" : " (only its first " + body.length() + " characters kept)";
    return wrong("body", assertion, found + cut);
  }

  private static boolean compare(Assertion assertion, String value) {
    return switch (assertion.operator()) {
      case CONTAINS -> value.contains(assertion.expected());
      case MATCHES -> BoundedText.find(assertion.expected(), value);
      default -> value.equals(assertion.expected());
    };
  }

  private static @Nullable Failure time(
      Assertion assertion, String what, @Nullable Phase phase, Duration found) {
    if (found.compareTo(Durations.parse(assertion.expected())) < 0) {
      return null;
    }
    return new Failure(
        ErrorKind.SLOW,
        phase,
        what + ": expected less than " + assertion.expected() + ", found " + millis(found));
  }

  private static @Nullable Failure certificate(
      Assertion assertion, Answer.@Nullable Certificate certificate) {
    if (certificate != null && certificate.days() > Long.parseLong(assertion.expected())) {
      return null;
    }
    String found = certificate == null ? "no certificate" : "" + certificate.days();
    return wrong("certificate days", assertion, found);
  }

  private static Failure wrong(String what, Assertion assertion, @Nullable String found) {
    String operator =
        switch (assertion.operator()) {
          case EQUALS -> "";
          case IN -> "in ";
          case CONTAINS -> "to contain ";
          case MATCHES -> "to match ";
          case LESS_THAN -> "less than ";
          case GREATER_THAN -> "more than ";
          case EXISTS -> "to be there";
          case VALID -> "valid by ";
        };
    boolean quoted =
        assertion.target() == Assertion.Target.HEADER
            || assertion.target() == Assertion.Target.BODY;
    String expected =
        quoted && assertion.operator() != Operator.EXISTS
            ? excerpt(assertion.expected())
            : assertion.expected();
    String not = assertion.negated() ? "not " : "";
    return new Failure(
        ErrorKind.ASSERTION,
        null,
        what + ": expected " + not + operator + expected + ", found " + found);
  }

  /** The beginning of a text on one line, quoted. */
  private static String excerpt(String text) {
    String start = text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT);
    String line = start.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return "\"" + line + (start.length() < text.length() ? "…" : "") + "\"";
  }

  private static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1fms", time.toNanos() / 1e6);
  }
}
