package dev.jiggety.desktop.view.editor;

import dev.jiggety.base.Durations;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.Degraded;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phase;
import dev.jiggety.model.Placement;
import dev.jiggety.model.Quorum;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * From what was typed to a test, and everything that is wrong with it: text that is no number or
 * duration here, the rest by {@link TestRules}. Places are in the words of the document.
 */
final class FormReader {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");

  private final TestForm form;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * What came out.
   *
   * @param test the test; where a text could not be read, with a default in its place
   * @param problems the first problem of each place
   */
  record Reading(TestDefinition test, Map<String, String> problems) {
    boolean isFine() {
      return problems.isEmpty();
    }
  }

  private FormReader(TestForm form) {
    this.form = form;
  }

  /**
   * Reads a form.
   *
   * @param begun what the test did when the form was filled: what the form does not show stays
   */
  static Reading read(TestForm form, Check begun) {
    return new FormReader(form).read(begun);
  }

  private Reading read(Check begun) {
    Check check = begun instanceof Check.Http http ? http(http) : begun;
    TestDefinition test =
        TestDefinition.builder(form.id.get().strip(), check)
            .name(form.name.get().strip())
            .active(form.active.get())
            .tags(words(form.tags.get()))
            .schedule(schedule())
            .where(
                new Placement(
                    new TreeSet<>(words(form.whereTags.get())),
                    new TreeSet<>(words(form.whereNodes.get()))))
            .samples(number("samples", form.samples.get(), 1))
            .timeout(duration("timeout", form.timeout.get(), Duration.ofSeconds(10)))
            .retries(
                new Retries(
                    number("retries.count", form.retries.get(), 1),
                    duration("retries.delay", form.retryDelay.get(), Duration.ofSeconds(1))))
            .quorum(quorum())
            .degraded(degraded())
            .assertions(form.assertions.stream().map(AssertionRow::value).toList())
            .build();
    Map<String, String> byPlace = new LinkedHashMap<>();
    problems.forEach(problem -> byPlace.putIfAbsent(problem.place(), problem.message()));
    TestRules.problems(test)
        .forEach(problem -> byPlace.putIfAbsent(problem.place(), problem.message()));
    return new Reading(test, byPlace);
  }

  private Check.Http http(Check.Http begun) {
    HttpRequest request = begun.request();
    int max =
        form.followRedirects.get()
            ? number("http.redirects.max", form.maxRedirects.get(), 10)
            : begun.redirects().max();
    return new Check.Http(
        new HttpRequest(
            form.method.get().strip(),
            form.url.get().strip(),
            form.headers.stream().map(HeaderRow::header).toList(),
            body(request.body()),
            request.authentication(),
            request.captures()),
        begun.before(),
        begun.connection(),
        new Check.Redirects(form.followRedirects.get(), max),
        begun.bodyLimit());
  }

  /** The form shows texts; a body of another shape stays unless a text takes its place. */
  private HttpBody body(HttpBody begun) {
    String text = form.body.get();
    if (!text.isEmpty()) {
      return new HttpBody.Text(text);
    }
    return begun instanceof HttpBody.Text ? HttpBody.NONE : begun;
  }

  private Schedule schedule() {
    return switch (form.when.get()) {
      case EVERY ->
          new Schedule.Every(duration("schedule.every", form.every.get(), Duration.ofMinutes(1)));
      case CRON -> new Schedule.Cron(form.cron.get().strip(), zone());
    };
  }

  private ZoneId zone() {
    try {
      return ZoneId.of(form.zone.get().strip());
    } catch (DateTimeException e) {
      problems.add(
          new Problem("schedule.zone", "is not a time zone; write it like Europe/Berlin or UTC"));
      return ZoneId.of("UTC");
    }
  }

  private Quorum quorum() {
    return switch (form.agree.get()) {
      case NODES -> new Quorum.AtLeast(number("quorum.nodes", form.quorum.get(), 1));
      case PERCENT -> new Quorum.Percent(number("quorum.percent", form.quorum.get(), 51));
    };
  }

  private Degraded degraded() {
    Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    form.degradedPhases.forEach((phase, text) -> {
      Duration limit = optional("degraded." + phase.label(), text.get());
      if (limit != null) {
        phases.put(phase, limit);
      }
    });
    return new Degraded(optional("degraded.total", form.degradedTotal.get()), phases);
  }

  private @Nullable Duration optional(String place, String text) {
    return text.isBlank() ? null : duration(place, text, Duration.ofSeconds(1));
  }

  private Duration duration(String place, String text, Duration fallback) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(place, "write a time like 500ms, 30s, 5m or 1h30m"));
      return fallback;
    }
  }

  private int number(String place, String text, int fallback) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      problems.add(new Problem(place, "write a whole number"));
      return fallback;
    }
  }

  private static List<String> words(String text) {
    return SEPARATORS.splitAsStream(text.strip()).filter(word -> !word.isEmpty()).toList();
  }
}
