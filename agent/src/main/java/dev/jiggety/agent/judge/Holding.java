package dev.jiggety.agent.judge;

import com.google.gson.JsonElement;
import dev.jiggety.base.Durations;
import dev.jiggety.jsonpath.Values;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Operator;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.PageLoad;
import dev.jiggety.model.Phase;
import dev.jiggety.model.rules.AssertionRules;
import dev.jiggety.model.rules.BoundedText;
import dev.jiggety.model.rules.NumberRanges;
import dev.jiggety.model.rules.Sizes;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** One assertion that makes sense, against an answer. Null means that it holds. */
final class Holding {
  private static final int LONGEST_NUMBER = 400;

  private Holding() {}

  static @Nullable Failure of(Assertion assertion, Looked looked) {
    Answer answer = looked.answer();
    return switch (assertion.target()) {
      case STATUS -> status(assertion, answer.status());
      case BODY -> body(assertion, looked);
      case HEADER ->
          found(
              assertion,
              "header " + assertion.name().toLowerCase(Locale.ROOT),
              looked,
              "no such header");
      case JSON -> json(assertion, looked);
      case XPATH, CSS ->
          found(
              assertion,
              assertion.target().label() + " " + assertion.name(),
              looked,
              "no such element");
      case SCHEMA -> schema(assertion, looked);
      case TOTAL -> time(assertion, "total", null, Optional.of(answer.total()));
      case PHASE -> {
        Phase phase = AssertionRules.phase(assertion.name()).orElseThrow();
        yield time(
            assertion,
            phase.label(),
            phase,
            Optional.of(answer.phases().time(phase).orElse(Duration.ZERO)));
      }
      case MILESTONE ->
          time(
              assertion,
              assertion.name(),
              null,
              Optional.ofNullable(answer.page()).map(it -> it.milestones().get(assertion.name())));
      case SIZE -> number(assertion, "size", answer.bytes());
      case CERTIFICATE_DAYS, CERTIFICATE_ISSUER, CERTIFICATE_HOST ->
          certificate(assertion, answer.certificate());
      case PROTOCOL ->
          texts(
              assertion,
              "protocol",
              answer.protocols(),
              "none that is known",
              value -> value.equalsIgnoreCase(assertion.expected()));
      case ANSWER ->
          texts(
              assertion,
              "answer",
              answer.answers() == null ? List.of() : answer.answers(),
              "no answer",
              value -> value.equalsIgnoreCase(assertion.expected()));
      case REQUESTS -> page(assertion, answer.page(), PageLoad::requests);
      case WEIGHT -> page(assertion, answer.page(), PageLoad::bytes);
      case CONSOLE_ERRORS -> page(assertion, answer.page(), PageLoad::consoleErrors);
      case NETWORK_ERRORS -> page(assertion, answer.page(), PageLoad::networkErrors);
    };
  }

  /** Whether a text is equal, where the target has its own idea of that. */
  private interface Equality {
    boolean holds(String value);
  }

  private static @Nullable Failure status(Assertion assertion, int status) {
    String expected = assertion.expected();
    boolean holds =
        switch (assertion.operator()) {
          case IN -> NumberRanges.parse(expected).contains(status);
          case LESS_THAN -> status < NumberRanges.number(expected);
          case GREATER_THAN -> status > NumberRanges.number(expected);
          default -> status == NumberRanges.number(expected);
        };
    String found = status == 0 ? "none" : "" + status;
    return holds != assertion.negated() ? null : Words.wrong("status", assertion, expected, found);
  }

  private static @Nullable Failure body(Assertion assertion, Looked looked) {
    String body = looked.body();
    String found = body.isEmpty() ? "an empty body" : Words.excerpt(body);
    boolean cut = !looked.answer().complete();
    try {
      boolean holds = compare(assertion, body, body.equals(assertion.expected()));
      // What is not in the beginning may be in the rest, which nobody has looked at.
      boolean unseen = cut && assertion.negated() && assertion.operator() != Operator.EQUALS;
      if (holds != assertion.negated() && !unseen) {
        return null;
      }
    } catch (BoundedText.TooMuchWork e) {
      found = String.valueOf(e.getMessage());
    }
    return Words.wrong(
        "body",
        assertion,
        Words.excerpt(assertion.expected()),
        found + (cut ? " (only its first " + body.length() + " characters kept)" : ""));
  }

  private static @Nullable Failure found(
      Assertion assertion, String what, Looked looked, String none) {
    try {
      List<String> values = looked.find(assertion.target(), assertion.name(), "");
      if (assertion.negated()
          && assertion.target() != Assertion.Target.HEADER
          && !looked.answer().complete()) {
        throw new TooMuchException("a body too large to be kept whole");
      }
      return texts(assertion, what, values, none, value -> value.equals(assertion.expected()));
    } catch (NothingThereException | TooMuchException | BoundedText.TooMuchWork e) {
      return nothing(what, assertion, e);
    }
  }

  private static @Nullable Failure json(Assertion assertion, Looked looked) {
    String what = "json " + assertion.name();
    try {
      List<JsonElement> values = looked.json(assertion.name());
      if (assertion.operator() != Operator.EQUALS) {
        List<String> texts = values.stream().map(JsonBody::text).toList();
        return texts(assertion, what, texts, "nothing", value -> false);
      }
      JsonElement expected = JsonBody.expected(assertion.expected());
      boolean holds =
          values.stream()
              .anyMatch(value ->
                  JsonBody.text(value).equals(assertion.expected())
                      || (!expected.isJsonNull() && Values.equal(value, expected, new Budget())));
      List<String> texts = values.stream().map(JsonBody::text).toList();
      return holds != assertion.negated()
          ? null
          : Words.wrong(
              what,
              assertion,
              Words.excerpt(assertion.expected()),
              Words.several(texts, "nothing"));
    } catch (NothingThereException | TooMuchException | BoundedText.TooMuchWork e) {
      return nothing(what, assertion, e);
    }
  }

  /** One of the texts fulfils it; where it is turned round, none does. */
  private static @Nullable Failure texts(
      Assertion assertion, String what, List<String> values, String none, Equality equality) {
    String found = Words.several(values, none);
    try {
      boolean holds =
          assertion.operator() == Operator.EXISTS
              ? !values.isEmpty()
              : values.stream().anyMatch(value -> compare(assertion, value, equality.holds(value)));
      if (holds != assertion.negated()) {
        return null;
      }
    } catch (BoundedText.TooMuchWork e) {
      found = String.valueOf(e.getMessage());
    }
    boolean number =
        assertion.operator() == Operator.LESS_THAN || assertion.operator() == Operator.GREATER_THAN;
    String expected = number ? assertion.expected() : Words.excerpt(assertion.expected());
    return Words.wrong(what, assertion, expected, found);
  }

  private static boolean compare(Assertion assertion, String value, boolean equal) {
    String expected = assertion.expected();
    return switch (assertion.operator()) {
      case CONTAINS -> value.contains(expected);
      case MATCHES -> BoundedText.find(expected, value);
      case LESS_THAN -> sign(value, expected) == -1;
      case GREATER_THAN -> sign(value, expected) == 1;
      default -> equal;
    };
  }

  /** How two numbers compare: -1, 0 or 1; 2 when the first is no number. */
  private static int sign(String value, String expected) {
    try {
      String text = value.strip();
      return text.length() > LONGEST_NUMBER
          ? 2
          : Integer.signum(new BigDecimal(text).compareTo(new BigDecimal(expected.strip())));
    } catch (NumberFormatException e) {
      return 2;
    }
  }

  private static @Nullable Failure schema(Assertion assertion, Looked looked) {
    try {
      Optional<String> wrong = Schemas.check(assertion.expected(), looked.json().tree());
      if (wrong.isEmpty() != assertion.negated()) {
        return null;
      }
      return Words.wrong("body", assertion, "", wrong.orElse("that it is"));
    } catch (NothingThereException | BoundedText.TooMuchWork e) {
      return nothing("body", assertion, e);
    }
  }

  /** What cannot be looked at is wrong either way: nobody knows what it is not. */
  private static Failure nothing(String what, Assertion assertion, Exception why) {
    return Words.wrong(
        what, assertion, Words.excerpt(assertion.expected()), String.valueOf(why.getMessage()));
  }

  private static @Nullable Failure time(
      Assertion assertion, String what, @Nullable Phase phase, Optional<Duration> found) {
    if (found.isEmpty()) {
      return Words.wrong(what, assertion, assertion.expected(), "that it never came");
    }
    int sign = found.get().compareTo(Durations.parse(assertion.expected()));
    boolean less = assertion.operator() == Operator.LESS_THAN;
    if (less ? sign < 0 : sign > 0) {
      return null;
    }
    Failure wrong = Words.wrong(what, assertion, assertion.expected(), Words.millis(found.get()));
    return less ? new Failure(ErrorKind.SLOW, phase, wrong.text()) : wrong;
  }

  private static @Nullable Failure certificate(
      Assertion assertion, Answer.@Nullable Certificate certificate) {
    String what = assertion.target().label().replace('-', ' ');
    if (certificate == null) {
      return Words.wrong(what, assertion, assertion.expected(), "no certificate");
    }
    return switch (assertion.target()) {
      case CERTIFICATE_DAYS -> number(assertion, what, certificate.days());
      case CERTIFICATE_ISSUER ->
          texts(
              assertion,
              what,
              List.of(certificate.issuer()),
              "none",
              value -> value.equals(assertion.expected()));
      default ->
          texts(
              assertion,
              what,
              certificate.hosts(),
              "no host names",
              value -> covers(value, assertion.expected()));
    };
  }

  /** RFC 6125 §6.4.3: a star stands for the whole first label. */
  private static boolean covers(String name, String host) {
    String pattern = name.toLowerCase(Locale.ROOT);
    String wanted = host.toLowerCase(Locale.ROOT);
    int dot = wanted.indexOf('.');
    return pattern.equals(wanted)
        || (pattern.startsWith("*.")
            && dot > 0
            && pattern.substring(1).equals(wanted.substring(dot)));
  }

  private static @Nullable Failure page(
      Assertion assertion, @Nullable PageLoad page, ToLongFunction<PageLoad> figure) {
    String what = assertion.target().label().replace('-', ' ');
    return page == null
        ? Words.wrong(what, assertion, assertion.expected(), "that no page was loaded")
        : number(assertion, what, figure.applyAsLong(page));
  }

  private static @Nullable Failure number(Assertion assertion, String what, long found) {
    long expected = Sizes.parse(assertion.expected());
    boolean holds =
        switch (assertion.operator()) {
          case LESS_THAN -> found < expected;
          case GREATER_THAN -> found > expected;
          default -> found == expected;
        };
    return holds ? null : Words.wrong(what, assertion, assertion.expected(), "" + found);
  }
}
