package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Captured;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.base.Durations;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.rules.NumberRanges;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Commands that go to pages and look at them. */
final class PageCommands {
  private static final Pattern HOST = Pattern.compile("(?i)^https?://[^/?#]*");

  private final Session session;
  private final Variables variables;

  PageCommands(Session session, Variables variables) {
    this.session = session;
    this.variables = variables;
  }

  void go(String url) {
    String address = session.address(url);
    session.navigate(() -> session.browser().go(address));
  }

  void back() {
    session.navigate(session.browser()::back);
  }

  void reload() {
    session.page();
    session.navigate(session.browser()::reload);
  }

  void follow(String pattern) {
    View page = session.page();
    View.Link link =
        page.links().stream()
            .filter(each ->
                Matching.finds(pattern, each.text())
                    || Matching.finds(pattern, each.url())
                    || Matching.finds(pattern, HOST.matcher(each.url()).replaceFirst("")))
            .findFirst()
            .orElseThrow(() -> ScriptFailure.wrong("no link of the page fits; " + links(page)));
    if (!Pages.isWeb(link.url())) {
      throw ScriptFailure.wrong("the link leads to " + Pages.cut(link.url()) + ", no web address");
    }
    session.navigate(() -> session.browser().follow(link));
  }

  void code(String expected) {
    int status = session.page().status();
    if (!NumberRanges.parse(expected).contains(status)) {
      throw ScriptFailure.wrong("the status is " + status);
    }
  }

  void url(String pattern) {
    String url = session.page().url();
    match(Matching.first(pattern, "", url), "the address is " + url);
  }

  void title(String pattern) {
    String title = session.page().title();
    match(Matching.first(pattern, "", title), "the title is \"" + Pages.cut(title) + "\"");
  }

  void find(String what, String flags) {
    match(found(what, flags), "not in the page " + Pages.name(session.view()));
  }

  void notFind(String what, String flags) {
    Optional<String> found = found(what, flags);
    if (found.isPresent()) {
      throw ScriptFailure.wrong(
          "found \"" + Pages.cut(found.get()) + "\" in the page " + Pages.name(session.view()));
    }
  }

  void header(String name, Optional<String> pattern) {
    List<Check.Header> headers = session.page().headers();
    if (headers.isEmpty()) {
      throw new ScriptFailure(
          ErrorKind.INTERNAL, null, "this engine does not tell headers; use engine: htmlunit");
    }
    List<String> values =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(Check.Header::value)
            .toList();
    if (values.isEmpty()) {
      throw ScriptFailure.wrong("the answer has no such header");
    }
    Optional<String> found =
        values.stream()
            .map(value -> Matching.first(pattern.orElse("(?s).*"), "", value))
            .flatMap(Optional::stream)
            .findFirst();
    match(found, "it is \"" + Pages.cut(String.join(", ", values)) + "\"");
  }

  void json(String path, Optional<String> value) {
    View page = session.page();
    Answer answer =
        Answer.builder()
            .status(page.status())
            .headers(page.headers())
            .body(page.html(), true)
            .build();
    switch (Judge.capture(new Capture("json", Assertion.Target.JSON, path, false), answer)) {
      case Captured.Found found -> {
        if (value.isPresent() && !value.get().equals(found.text())) {
          throw ScriptFailure.wrong("it is \"" + Pages.cut(found.text()) + "\"");
        }
        variables.match(found.text());
      }
      case Captured.Missing _ ->
          throw ScriptFailure.wrong("finds nothing in " + page.mediaType() + " of " + page.url());
    }
  }

  void timeBelow(String limit) {
    session.page();
    Duration time = session.pageTime();
    if (time.compareTo(Durations.parse(limit)) >= 0) {
      throw new ScriptFailure(
          ErrorKind.SLOW,
          null,
          String.format(Locale.ROOT, "the last page took %.1f ms", time.toNanos() / 1e6));
    }
  }

  void certDays(int days) {
    session.page();
    OptionalLong left = session.browser().certificateDays();
    if (left.isEmpty()) {
      throw ScriptFailure.wrong("the page did not come over TLS");
    }
    if (left.getAsLong() < days) {
      throw ScriptFailure.wrong("the certificate expires in " + left.getAsLong() + " days");
    }
  }

  private Optional<String> found(String what, String flags) {
    View page = session.page();
    return switch (flags) {
      case "x" -> byXpath(what);
      case "c" -> session.browser().css(what).stream().findFirst();
      default -> Matching.first(what, flags, page.html());
    };
  }

  /** What is no node gives a text in any case: false, 0 and the empty one do not count as found. */
  private Optional<String> byXpath(String expression) {
    List<String> found = session.browser().xpath(expression);
    boolean doubtful =
        found.size() == 1 && List.of("false", "0", "NaN", "").contains(found.getFirst());
    if (doubtful
        && session.browser().xpath("boolean(" + expression + ")").equals(List.of("false"))) {
      return Optional.empty();
    }
    return found.stream().findFirst();
  }

  private void match(Optional<String> found, String otherwise) {
    variables.match(found.orElseThrow(() -> ScriptFailure.wrong(otherwise)));
  }

  private static String links(View page) {
    if (page.links().isEmpty()) {
      return "there are none in " + Pages.name(page);
    }
    return "there are "
        + page.links().stream()
            .limit(8)
            .map(link -> "\"" + Pages.cut(link.text()) + "\"")
            .collect(Collectors.joining(", "))
        + (page.links().size() > 8 ? " …" : "");
  }
}
