package dev.jiggety.agent.probe;

import dev.jiggety.base.Problem;
import dev.jiggety.base.Secret;
import dev.jiggety.model.Assertion;
import dev.jiggety.model.Check;
import dev.jiggety.model.Sample;
import dev.jiggety.model.rules.Placeholders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures one kind of test. Implementations are found by {@link java.util.ServiceLoader}, have a
 * public constructor without parameters, and may be called from many threads at once.
 */
public interface Probe {

  /** The kind of test that it measures, as {@link Check#kind()}. */
  String kind();

  /**
   * Takes one measurement and waits for it, at most a little longer than the timeout. Whatever goes
   * wrong is in the sample; a site that is down is no exception. When the thread is interrupted it
   * ends at once, with a failure of kind internal.
   */
  Sample measure(Request request);

  /**
   * Whether it runs what others have written, like scripts of pages: then it is measured in a
   * worker process with limits, which may be killed at any time.
   */
  default boolean isolated() {
    return false;
  }

  /** What is wrong with the settings of a test, beyond what the model knows; empty when nothing. */
  default List<Problem> problems(Check check) {
    return List.of();
  }

  /**
   * What to measure.
   *
   * @param check of the probe's kind
   * @param timeout for all of it, redirects included
   * @param assertions what the answer must fulfil
   * @param secrets those that the check refers to as {@code ${secret.NAME}}, by name
   */
  record Request(
      Check check, Duration timeout, List<Assertion> assertions, Map<String, Secret> secrets) {
    private static final String SECRET = "secret.";

    public Request {
      assertions = List.copyOf(assertions);
      secrets = Map.copyOf(secrets);
    }

    /** What stands for a placeholder, by its key: a secret; null for anything else. */
    public @Nullable String value(String key) {
      Secret secret = key.startsWith(SECRET) ? secrets.get(key.substring(SECRET.length())) : null;
      return secret == null ? null : secret.reveal();
    }

    /**
     * What the answer must fulfil, with secrets in their places.
     *
     * @throws Placeholders.UndefinedException when something is not there
     */
    public List<Assertion> filledAssertions() {
      return assertions.stream()
          .map(assertion -> Placeholders.fill(assertion, this::value))
          .toList();
    }

    /** A request without secrets. */
    public Request(Check check, Duration timeout, List<Assertion> assertions) {
      this(check, timeout, assertions, Map.of());
    }
  }
}
