package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.View;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.NumberRanges;
import dev.jiggety.model.rules.Placeholders;
import dev.jiggety.twill.Command;
import dev.jiggety.twill.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** One run of a script: line by line until the end or the first failure, then the clean-ups. */
final class ScriptRun {
  private static final int LONGEST_LINE = 160;

  private final List<Line> lines;
  private final boolean strictStatus;
  private final Session session;
  private final Variables variables;
  private final Output output = new Output();
  private final Commands commands;
  private final StepLog log;
  private final Instant startedAt;
  private final long start;

  ScriptRun(
      List<Line> lines,
      boolean strictStatus,
      Session session,
      Variables variables,
      NameService names,
      Instant startedAt) {
    this.lines = lines;
    this.strictStatus = strictStatus;
    this.session = session;
    this.variables = variables;
    this.startedAt = startedAt;
    this.commands = new Commands(session, variables, names, output);
    this.start = session.clock().now();
    this.log = new StepLog(start, output);
    variables.setLocal("__url__", "");
  }

  /** Runs it all and says how it went. */
  Sample run(Probe.Request request) {
    Failure failure = null;
    for (int i = 0; i < lines.size() && failure == null && !commands.ended(); i++) {
      failure = run(i);
    }
    Evidence evidence = failure == null ? null : evidence();
    View last = view();
    long bodies = session.bytes();
    OptionalLong days = session.browser().certificateDays();
    cleanUp();
    long end = session.clock().now();
    log.close(end, null);
    Duration total = Duration.ofNanos(end - start);
    if (failure == null && !request.assertions().isEmpty()) {
      failure = judge(request.assertions(), last, total, bodies, days);
      evidence = failure == null ? null : evidence(last, null);
    }
    return new Sample(
        startedAt,
        total,
        log.phases(),
        last.status(),
        bodies,
        log.hops(),
        failure,
        Duration.ZERO,
        new Findings(log.steps(), List.of(), null, evidence));
  }

  private @Nullable Failure run(int index) {
    Line line = lines.get(index);
    if (line.command() == Command.STEP) {
      return step(line);
    }
    long from = session.clock().now();
    Failure failure =
        attempt(
            line,
            () -> {
              session.clock().check();
              commands.run(line);
              variables.setLocal("__url__", session.view().url());
              if (line.command().isNavigation()) {
                session.clock().checkInTime();
                strictly(index);
                if (line.command() != Command.BACK) {
                  commands.loaded();
                }
              }
            });
    log.ran(line, from, session.clock().now(), session.exchanges(), failure);
    return failure;
  }

  private @Nullable Failure step(Line line) {
    long now = session.clock().now();
    Failure failure =
        attempt(line, () -> log.begin(new Arguments(line, variables).get(0), line, now));
    if (failure != null) {
      log.close(now, null);
      log.ran(line, now, now, List.of(), failure);
    }
    return failure;
  }

  /** What went wrong, with the line that it went wrong in; null for nothing. */
  private static @Nullable Failure attempt(Line line, Runnable work) {
    try {
      work.run();
      return null;
    } catch (ScriptFailure e) {
      return at(line, e.failure());
    } catch (BrowserException e) {
      return at(line, e.failure());
    } catch (PatternSyntaxException e) {
      return at(line, new Failure(ErrorKind.ASSERTION, null, "no regular expression"));
    }
  }

  private static Failure at(Line line, Failure failure) {
    String text = line.text();
    String shown = text.length() <= LONGEST_LINE ? text : text.substring(0, LONGEST_LINE) + "…";
    return new Failure(
        failure.kind(),
        failure.phase(),
        "line " + line.number() + ": " + shown + ": " + failure.text());
  }

  /** An error page is a failure, unless the next {@code code} is there for it. */
  private void strictly(int index) {
    int status = session.view().status();
    if (strictStatus && status >= 400 && !isExpected(status, index)) {
      throw ScriptFailure.wrong(
          "HTTP status " + status + " of " + session.view().url() + ", which no code expects");
    }
  }

  private boolean isExpected(int status, int index) {
    for (Line next : lines.subList(index + 1, lines.size())) {
      if (next.command().isNavigation()) {
        return false;
      }
      if (next.command() == Command.CODE) {
        try {
          return NumberRanges.parse(new Arguments(next, variables).get(0)).contains(status);
        } catch (ScriptFailure e) {
          return false; // said when that line runs
        }
      }
    }
    return false;
  }

  /** What goes wrong here is written down and changes nothing: the verdict is on the script. */
  private void cleanUp() {
    for (Line line : commands.cleanups()) {
      long from = session.clock().now();
      log.close(from, null);
      Failure failure =
          attempt(
              line,
              () -> {
                session.clock().check();
                commands.run(line);
              });
      if (failure != null) {
        output.line("clean-up failed: " + failure.text());
      }
      log.ran(line, from, session.clock().now(), session.exchanges(), null);
    }
  }

  private @Nullable Failure judge(
      List<Assertion> assertions, View last, Duration total, long bytes, OptionalLong days) {
    Answer.Builder answer =
        Answer.builder()
            .status(last.status())
            .headers(last.headers())
            .body(last.html(), true)
            .bytes(bytes)
            .total(total)
            .phases(log.phases());
    days.ifPresent(left -> answer.certificate(new Answer.Certificate(left, "", List.of())));
    List<Assertion> filled = new ArrayList<>();
    try {
      for (Assertion assertion : assertions) {
        filled.add(Placeholders.fill(assertion, this::value));
      }
    } catch (Placeholders.UndefinedException e) {
      return new Failure(ErrorKind.INTERNAL, null, "assertion: " + e.getMessage());
    }
    return Judge.check(filled, answer.build()).orElse(null);
  }

  private @Nullable String value(String key) {
    return key.startsWith("secret.")
        ? variables.secret(key.substring("secret.".length()))
        : variables.find(key);
  }

  private View view() {
    try {
      return session.view();
    } catch (BrowserException e) {
      return View.EMPTY;
    }
  }

  private Evidence evidence() {
    Picture picture;
    try {
      picture = session.browser().picture().orElse(null);
    } catch (BrowserException e) {
      picture = null;
    }
    return evidence(view(), picture);
  }

  private static Evidence evidence(View view, @Nullable Picture picture) {
    return Evidences.of(view, picture);
  }
}
