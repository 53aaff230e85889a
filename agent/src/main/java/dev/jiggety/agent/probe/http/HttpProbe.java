package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Judge;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
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
    this(NameResolver.system(System::nanoTime), Tls.system(), InstantSource.system());
  }

  HttpProbe(NameResolver resolver, Tls tls, InstantSource clock) {
    this.nanos = System::nanoTime;
    this.client = new HopClient(resolver, tls, nanos);
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
    HttpUrl url = HttpUrl.parse(asked.url());
    if (url == null) {
      return broken(startedAt, "not a web address");
    }
    HopClient.Session session =
        client.session(
            start + request.timeout().toNanos(),
            request.timeout(),
            request.assertions().stream().anyMatch(a -> a.target() == Assertion.Target.BODY));
    Trail trail = new Trail(startedAt, start);
    Redirects.Step step =
        new Redirects.Step(
            asked.method(),
            url,
            withCredentials(asked.headers(), url),
            asked.body() instanceof HttpBody.Text text ? text.text() : null);
    return follow(http, request, session, trail, step);
  }

  private Sample follow(
      Check.Http http,
      Request request,
      HopClient.Session session,
      Trail trail,
      Redirects.Step first) {
    Redirects.Step step = first;
    while (true) {
      HopAnswer answer = session.send(step, trail.end());
      trail.add(step.url(), answer);
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
      Optional<Redirects.Step> next = Redirects.follow(step, answer.status(), location);
      if (next.isEmpty()) {
        return trail.sample(answer, protocol("a redirect to what is no web address"));
      }
      trail.redirect();
      step = next.get();
    }
  }

  private @Nullable Failure judge(Request request, HopAnswer answer, Trail trail) {
    OptionalLong days = Tls.days(answer.handshake(), clock.instant());
    Answer.Certificate certificate =
        days.isEmpty() ? null : new Answer.Certificate(days.getAsLong(), "", List.of());
    return Judge.check(
            request.assertions(),
            Answer.builder()
                .status(answer.status())
                .headers(answer.headers())
                .body(answer.body().text(), answer.body().complete())
                .bytes(answer.body().bytes())
                .total(trail.total())
                .phases(trail.phases())
                .certificate(certificate)
                .build())
        .orElse(null);
  }

  /** User information in the address is sent as basic authentication, unless a header is there. */
  private static List<Check.Header> withCredentials(List<Check.Header> headers, HttpUrl url) {
    boolean given =
        headers.stream().anyMatch(header -> header.name().equalsIgnoreCase("Authorization"));
    if (given || (url.username().isEmpty() && url.password().isEmpty())) {
      return headers;
    }
    List<Check.Header> more = new ArrayList<>(headers);
    more.add(new Check.Header("Authorization", Credentials.basic(url.username(), url.password())));
    return more;
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

    private void add(HttpUrl url, HopAnswer answer) {
      hops.add(new Hop(HopClient.withoutSecrets(url), answer.status(), answer.phases()));
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
