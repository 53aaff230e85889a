package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.exchange.Cookies;
import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.HopAnswer;
import dev.jiggety.agent.exchange.HopClient;
import dev.jiggety.agent.exchange.HopOptions;
import dev.jiggety.agent.exchange.HopRequest;
import dev.jiggety.agent.exchange.HopSession;
import dev.jiggety.agent.exchange.Redirects;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Hop;
import dev.jiggety.model.HttpBody;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Phases;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Assertions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Measures tests of kind {@code http}. Every hop has a connection of its own, so that each sample
 * measures the same thing; addresses of a host are tried one after another, never two at once, so
 * that the phases belong to one connection. See docs/guide/http-tests.md.
 */
public final class HttpProbe implements Probe {
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

  @Override
  public Sample measure(Request request) {
    Instant startedAt = clock.instant();
    long start = nanos.getAsLong();
    if (!(request.check() instanceof Check.Http http)) {
      return broken(startedAt, "not an http test: " + request.check().kind());
    }
    HttpRequest asked = http.request();
    Trail trail = new Trail(startedAt, start);
    HopRequest first =
        new HopRequest(
            asked.method(),
            asked.url(),
            asked.headers(),
            asked.body() instanceof HttpBody.Text text ? ByteString.encodeUtf8(text.text()) : null);
    boolean looked =
        request.assertions().stream().anyMatch(a -> a.target() == Assertion.Target.BODY);
    HopOptions options =
        new HopOptions(http.connection(), false, looked ? HopOptions.KEPT : 0, http.bodyLimit());
    try (HopSession session = client.session(options)) {
      return follow(http, request, session, trail, first);
    }
  }

  private Sample follow(
      Check.Http http, Request request, HopSession session, Trail trail, HopRequest first) {
    Deadline deadline = Deadline.after(trail.end(), request.timeout());
    Cookies cookies = new Cookies();
    HopRequest step = first;
    while (true) {
      HopAnswer answer = session.send(cookies.on(step), deadline, trail.end());
      cookies.take(answer);
      trail.add(answer);
      if (answer.failure() != null) {
        return trail.sample(answer, answer.failure());
      }
      String location = answer.header("Location");
      if (!http.redirects().follow()
          || location == null
          || !Redirects.isRedirect(answer.status(), location)) {
        return trail.sample(answer, judge(request, answer, trail));
      }
      if (trail.redirects() >= http.redirects().max()) {
        return trail.sample(answer, protocol("more than " + http.redirects().max() + " redirects"));
      }
      Optional<HopRequest> next = Redirects.follow(step, answer.status(), location);
      if (next.isEmpty()) {
        return trail.sample(answer, protocol("a redirect to what is no web address"));
      }
      trail.redirect();
      step = next.get();
    }
  }

  private @Nullable Failure judge(Request request, HopAnswer answer, Trail trail) {
    return Assertions.check(
            request.assertions(),
            new Assertions.Answer(
                answer.status(),
                answer.headers(),
                answer.body().text(),
                answer.body().complete(),
                trail.total(),
                trail.phases(),
                answer.tls() == null ? OptionalLong.empty() : answer.tls().days(clock.instant())))
        .orElse(null);
  }

  private static Failure protocol(String text) {
    return new Failure(ErrorKind.PROTOCOL, null, text);
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

  /** The hops so far. One begins where the one before ended, so that no time is lost. */
  private static final class Trail {
    private final Instant startedAt;
    private final long start;
    private final List<Hop> hops = new ArrayList<>();
    private Phases phases = Phases.NONE;
    private long end;
    private int redirects;

    private Trail(Instant startedAt, long start) {
      this.startedAt = startedAt;
      this.start = start;
      this.end = start;
    }

    private void add(HopAnswer answer) {
      hops.add(new Hop(answer.url(), answer.status(), answer.phases()));
      phases = phases.plus(answer.phases());
      end = answer.end();
    }

    private void redirect() {
      redirects++;
    }

    private int redirects() {
      return redirects;
    }

    private long end() {
      return end;
    }

    private Duration total() {
      return Duration.ofNanos(end - start);
    }

    private Phases phases() {
      return phases;
    }

    private Sample sample(HopAnswer last, @Nullable Failure failure) {
      return new Sample(
          startedAt,
          total(),
          phases,
          last.status(),
          last.body().bytes(),
          hops.size() == 1 ? List.of() : hops,
          failure,
          Duration.ZERO);
    }
  }
}
