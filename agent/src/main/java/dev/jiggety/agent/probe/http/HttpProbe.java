package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.HopOptions;
import dev.jiggety.agent.exchange.HopSession;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Problem;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Assertion.Target;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Measures tests of kind {@code http}. Every hop has a connection of its own, so that each sample
 * measures the same thing; addresses of a host are tried one after another, never two at once, so
 * that the phases belong to one connection. See docs/guide/http-tests.md.
 */
public final class HttpProbe implements Probe {
  /** What is looked at in the body, so that its beginning has to be kept. */
  private static final Set<Target> IN_THE_BODY =
      Set.of(Target.BODY, Target.JSON, Target.XPATH, Target.CSS, Target.SCHEMA);

  private final HopClient client;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /** The probe as it is used: the machine's clocks, its resolver, Java's trusted authorities. */
  public HttpProbe() {
    this(HopClient.system(), System::nanoTime, InstantSource.system());
  }

  HttpProbe(HopClient client, LongSupplier nanos, InstantSource clock) {
    this.client = client;
    this.nanos = nanos;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return Check.Http.KIND;
  }

  /** Certificates and keys that are none; one that is a secret is not looked at. */
  @Override
  public List<Problem> problems(Check check) {
    if (!(check instanceof Check.Http http)
        || http.connection().equals(Connection.DEFAULT)
        || http.connection().toString().contains("${")) {
      return List.of();
    }
    try {
      client.session(options(http, new Request(http, Duration.ZERO, List.of()))).close();
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(new Problem("http.connection", String.valueOf(e.getMessage())));
    }
  }

  @Override
  public Sample measure(Request request) {
    Instant startedAt = clock.instant();
    long start = nanos.getAsLong();
    if (!(request.check() instanceof Check.Http http)) {
      return broken(startedAt, "not an http test: " + request.check().kind());
    }
    try (HopSession session = client.session(options(http, request))) {
      Trail trail = new Trail(startedAt, start);
      return new Walk(session, request, http, trail).sample();
    } catch (Placeholders.UndefinedException | IllegalArgumentException e) {
      return broken(startedAt, "http.connection: " + e.getMessage());
    }
  }

  private static HopOptions options(Check.Http http, Request request) {
    boolean looked = looksIntoBody(request.assertions(), http.request());
    for (Check.Before before : http.before()) {
      looked |= looksIntoBody(before.assertions(), before.request());
    }
    return new HopOptions(
        Placeholders.fill(http.connection(), request::value),
        false,
        looked ? HopOptions.KEPT : Walk.LONGEST_EVIDENCE,
        http.bodyLimit());
  }

  private static boolean looksIntoBody(List<Assertion> assertions, HttpRequest request) {
    boolean looks = false;
    for (Assertion assertion : assertions) {
      looks |= IN_THE_BODY.contains(assertion.target());
    }
    for (Capture capture : request.captures()) {
      looks |= IN_THE_BODY.contains(capture.target());
    }
    return looks;
  }

  private static Sample broken(Instant startedAt, String text) {
    return new Sample(
        startedAt,
        Duration.ZERO,
        Phases.NONE,
        0,
        0,
        List.of(),
        new Failure(ErrorKind.INTERNAL, null, text),
        Duration.ZERO);
  }
}
