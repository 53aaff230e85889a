package dev.jiggety.agent.probe;

import dev.jiggety.base.Secret;
import dev.jiggety.document.SecretReferences;
import dev.jiggety.model.TestDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The secrets that tests refer to. Which ones that are is found out once for each test: it costs
 * more than a plain request. Safe for any thread.
 */
final class SecretResolver {
  private static final int MOST_REMEMBERED = 20_000;

  private final Secrets secrets;
  private final ConcurrentMap<String, Needs> needs = new ConcurrentHashMap<>();

  private record Needs(TestDefinition test, Set<String> names) {}

  SecretResolver(Secrets secrets) {
    this.secrets = secrets;
  }

  /**
   * By name, all that the test refers to.
   *
   * @throws SecretMissingException for the first one that cannot be had
   */
  Map<String, Secret> of(TestDefinition test) throws SecretMissingException {
    Set<String> names = names(test);
    if (names.isEmpty()) {
      return Map.of();
    }
    Map<String, Secret> found = new TreeMap<>();
    for (String name : names) {
      found.put(name, secrets.get(name));
    }
    return found;
  }

  /** The same definition comes again and again; another one of the same test takes its place. */
  @SuppressWarnings("ReferenceEquality")
  private Set<String> names(TestDefinition test) {
    Needs known = needs.get(test.id());
    if (known != null && known.test() == test) {
      return known.names();
    }
    if (needs.size() >= MOST_REMEMBERED) {
      needs.clear();
    }
    Set<String> names = SecretReferences.in(test);
    needs.put(test.id(), new Needs(test, names));
    return names;
  }
}
