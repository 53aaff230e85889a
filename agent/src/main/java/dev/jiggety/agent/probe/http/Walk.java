package dev.jiggety.agent.probe.http;

import dev.jiggety.agent.exchange.Cookies;
import dev.jiggety.agent.exchange.Deadline;
import dev.jiggety.agent.exchange.HopAnswer;
import dev.jiggety.agent.exchange.HopRequest;
import dev.jiggety.agent.exchange.HopSession;
import dev.jiggety.agent.exchange.Redirects;
import dev.jiggety.agent.exchange.TlsFacts;
import dev.jiggety.agent.judge.Answer;
import dev.jiggety.agent.judge.Captured;
import dev.jiggety.agent.judge.Judge;
import dev.jiggety.agent.probe.Masking;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Capture;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Failure;
import dev.jiggety.model.HttpRequest;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The requests of one sample, one after another, until one fails. For one thread. */
final class Walk {
  /** How much of the last body is shown when a sample failed, in bytes. */
  static final int LONGEST_EVIDENCE = 4096;

  private final HopSession session;
  private final Probe.Request request;
  private final Check.Http http;
  private final Trail trail;
  private final Deadline deadline;
  private final Cookies cookies = new Cookies();
  private final Map<String, String> captured = new HashMap<>();
  private final List<Secret> secrets = new ArrayList<>();
  private final Set<String> secretNames = new HashSet<>();
  private boolean ofCaptured;

  Walk(HopSession session, Probe.Request request, Check.Http http, Trail trail) {
    this.session = session;
    this.request = request;
    this.http = http;
    this.trail = trail;
    this.deadline = Deadline.after(trail.end(), request.timeout());
  }

  /** Goes all the way. What was captured as a secret is shown nowhere. */
  Sample sample() {
    Sample sample = walk();
    return secrets.isEmpty() ? sample : Masking.of(secrets).mask(sample);
  }

  private Sample walk() {
    for (Check.Before before : http.before()) {
      Failure failure = go(before.request(), before.assertions());
      trail.step(before.name(), failure);
      if (failure != null) {
        return trail.sample(inStep(before.name(), failure));
      }
    }
    Failure failure = go(http.request(), request.assertions());
    trail.step(http.request().method() + " " + http.request().url(), failure);
    return trail.sample(failure);
  }

  private static Failure inStep(String name, Failure failure) {
    return new Failure(
        failure.kind(), failure.phase(), "in the step \"" + name + "\": " + failure.text());
  }

  /** Sends a request, follows where it leads, judges the answer; null when all is well. */
  private @Nullable Failure go(HttpRequest asked, List<Assertion> assertions) {
    try {
      List<Assertion> filled =
          assertions.stream().map(assertion -> Placeholders.fill(assertion, this::value)).toList();
      ofCaptured = false;
      HopRequest first = Payload.request(Filling.of(asked, this::value));
      HopAnswer answer = follow(first, confidential(asked));
      if (answer.failure() != null) {
        return blamed(answer.failure());
      }
      Failure failure = redirected(answer);
      return failure == null ? judge(asked.captures(), filled, answer) : failure;
    } catch (Placeholders.UndefinedException | IllegalArgumentException e) {
      return new Failure(ErrorKind.INTERNAL, null, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What could not even be sent, and so was in no phase, is the site's doing where it is made of
   * what the site said; else of the test or a secret.
   */
  private Failure blamed(Failure failure) {
    return failure.phase() != null
        ? failure
        : new Failure(ofCaptured ? ErrorKind.PROTOCOL : ErrorKind.INTERNAL, null, failure.text());
  }

  /** Sends a request and follows where it leads; a redirect may be the last answer. */
  private HopAnswer follow(HopRequest first, Set<String> confidential) {
    HopRequest next = first;
    int left = http.redirects().follow() ? http.redirects().max() : 0;
    while (true) {
      HopAnswer answer = session.send(cookies.on(next), deadline, trail.end());
      trail.add(answer);
      cookies.take(answer);
      String location = answer.header("Location");
      if (answer.failure() != null
          || left == 0
          || location == null
          || !Redirects.isRedirect(answer.status(), location)) {
        return answer;
      }
      Optional<HopRequest> there = Redirects.follow(next, answer.status(), location, confidential);
      if (there.isEmpty()) {
        return answer;
      }
      left--;
      next = there.get();
    }
  }

  /** The headers that hold something secret, in lower case: another origin must not see them. */
  private Set<String> confidential(HttpRequest asked) {
    return asked.headers().stream()
        .filter(header -> Placeholders.find(header.value()).stream().anyMatch(this::isSecret))
        .map(header -> header.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean isSecret(Placeholders.Reference reference) {
    return reference.secret() || secretNames.contains(reference.key());
  }

  /** What is wrong with a redirect that should have been followed, and was not. */
  private @Nullable Failure redirected(HopAnswer answer) {
    String location = answer.header("Location");
    if (!http.redirects().follow()
        || location == null
        || !Redirects.isRedirect(answer.status(), location)) {
      return null;
    }
    boolean web =
        Redirects.follow(HopRequest.get(answer.url()), answer.status(), location, Set.of())
            .isPresent();
    return new Failure(
        ErrorKind.PROTOCOL,
        null,
        web
            ? "more than " + http.redirects().max() + " redirects"
            : "a redirect to what is no web address");
  }

  private @Nullable Failure judge(
      List<Capture> captures, List<Assertion> assertions, HopAnswer answer) {
    Answer judged =
        Answer.builder()
            .status(answer.status())
            .headers(answer.headers())
            .body(answer.body().text(), answer.body().complete())
            .bytes(answer.body().bytes())
            .total(trail.stepTotal())
            .phases(trail.stepPhases())
            .certificate(certificate(answer.tls(), trail.startedAt()))
            .protocols(protocols(answer))
            .build();
    Failure failure = Judge.check(assertions, judged).orElse(null);
    for (Capture capture : failure == null ? captures : List.<Capture>of()) {
      switch (Judge.capture(capture, judged)) {
        case Captured.Found found -> {
          captured.put(found.name(), found.text());
          if (found.secret()) {
            secrets.add(Secret.of(found.text()));
            secretNames.add(found.name());
          }
        }
        case Captured.Missing missing -> {
          return missing.failure();
        }
      }
    }
    return failure;
  }

  private static List<String> protocols(HopAnswer answer) {
    TlsFacts tls = answer.tls();
    return tls == null ? List.of(answer.protocol()) : List.of(answer.protocol(), tls.protocol());
  }

  private static Answer.@Nullable Certificate certificate(@Nullable TlsFacts tls, Instant now) {
    return tls == null || tls.chain().isEmpty()
        ? null
        : new Answer.Certificate(tls.days(now).orElse(0), tls.issuer(), tls.hosts());
  }

  private @Nullable String value(String key) {
    String found = captured.get(key);
    ofCaptured |= found != null;
    return found == null ? request.value(key) : found;
  }
}
