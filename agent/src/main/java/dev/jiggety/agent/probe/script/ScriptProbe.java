package dev.jiggety.agent.probe.script;

import dev.jiggety.agent.browser.BrowserEngine;
import dev.jiggety.agent.browser.BrowserException;
import dev.jiggety.agent.browser.BrowserFolder;
import dev.jiggety.agent.browser.BrowserOptions;
import dev.jiggety.agent.browser.Engines;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import dev.jiggety.twill.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Measures tests of kind {@code script}. Each sample has a browser of its own with nothing in it;
 * its time begins when the browser is open. See docs/guide/scripts.md.
 */
public final class ScriptProbe implements Probe {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 800;

  private final Supplier<List<BrowserEngine>> engines;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Clock.Pause pause;
  private final NameService names;

  /** The probe as it is used: the engines that are there, the machine's clocks. */
  public ScriptProbe() {
    this(Engines::all, InstantSource.system(), System::nanoTime, Thread::sleep, new AskedNames());
  }

  ScriptProbe(
      Supplier<List<BrowserEngine>> engines,
      InstantSource clock,
      LongSupplier nanos,
      Clock.Pause pause,
      NameService names) {
    this.engines = engines;
    this.clock = clock;
    this.nanos = nanos;
    this.pause = pause;
    this.names = names;
  }

  @Override
  public String kind() {
    return Check.Script.KIND;
  }

  @Override
  public boolean isolated() {
    return true;
  }

  @Override
  public List<Problem> problems(Check check) {
    return check instanceof Check.Script script
        ? Engines.lacking(engines.get(), script.engine()).stream()
            .map(text -> new Problem("script.engine", text))
            .toList()
        : List.of();
  }

  @Override
  public Sample measure(Request request) {
    Instant startedAt = clock.instant();
    if (!(request.check() instanceof Check.Script check)) {
      return broken(startedAt, "not a script: " + request.check().kind());
    }
    Script script = Script.parse(check.source(), check.variables().keySet());
    if (!script.flaws().isEmpty()) {
      return broken(startedAt, "the script is wrong: line " + script.flaws().getFirst());
    }
    try {
      Variables variables = variables(check, request);
      BrowserEngine engine = Engines.usable(engines.get(), check.engine());
      try (BrowserFolder folder = BrowserFolder.create()) {
        return run(script, check, request, variables, engine, folder.path());
      }
    } catch (ScriptFailure e) {
      return broken(startedAt, e.failure().text());
    } catch (BrowserException e) {
      return failed(startedAt, e.failure());
    } catch (IOException e) {
      return broken(startedAt, "no folder for the browser: " + e.getMessage());
    }
  }

  private Sample run(
      Script script,
      Check.Script check,
      Request request,
      Variables variables,
      BrowserEngine engine,
      Path folder) {
    Clock time = new Clock(nanos, pause, request.timeout());
    BrowserOptions options =
        new BrowserOptions(
            Placeholders.fill(check.connection(), request::value),
            check.javascript(),
            WIDTH,
            HEIGHT,
            time.deadline() + check.preparation().toNanos(),
            folder);
    try (Session session = new Session(engine, options, time)) {
      time.begin();
      return new ScriptRun(
              script.lines(), check.strictStatus(), session, variables, names, clock.instant())
          .run(request);
    }
  }

  private static Variables variables(Check.Script check, Request request) {
    Variables variables = new Variables(request.secrets());
    check
        .variables()
        .forEach((name, value) ->
            variables.setGlobal(
                name,
                Placeholders.fill(
                    value,
                    key ->
                        key.startsWith("secret.")
                            ? variables.secret(key.substring("secret.".length()))
                            : "${" + key + "}")));
    return variables;
  }

  private static Sample broken(Instant startedAt, String text) {
    return failed(startedAt, new Failure(ErrorKind.INTERNAL, null, text));
  }

  private static Sample failed(Instant startedAt, Failure failure) {
    return new Sample(
        startedAt, Duration.ZERO, Phases.NONE, 0, 0, List.of(), failure, Duration.ZERO);
  }
}
