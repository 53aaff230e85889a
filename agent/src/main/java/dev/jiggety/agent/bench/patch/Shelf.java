package dev.jiggety.agent.bench.patch;

import dev.jiggety.document.Contents;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.PatchIds;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The tests of a benchmark and patches to them. What a light node makes of a test is in its
 * address: see {@link Conduct}. Not thread-safe.
 */
final class Shelf {
  static final String AUTHOR = "bench";

  private static final Duration LIFETIME = Duration.ofHours(6);
  private static final Schedule SCHEDULE = new Schedule.Every(Duration.ofMinutes(1));

  private final int tests;
  private final RandomGenerator random;
  private long edition;

  Shelf(int tests, RandomGenerator random) {
    this.tests = tests;
    this.random = random;
  }

  /** How a light node fares with a test. */
  enum Conduct {
    /** It passes. */
    GOOD,
    /** It fails. */
    BAD,
    /** It takes the executor down of whoever tries it. */
    CRASHING,
    /** It passes while it is tried; when it is in force, somebody can let it crash. */
    SPOILING;

    /** What a node does with this test, by its address. */
    static Conduct of(TestDefinition test) {
      String url = test.check() instanceof Check.Http http ? http.url() : "";
      for (Conduct conduct : values()) {
        if (url.contains("/" + conduct.label() + "?")) {
          return conduct;
        }
      }
      return GOOD;
    }

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The first patch: all tests there are, and all of them good. */
  Patch first() {
    return patch(
        "the tests of the benchmark",
        StrategyChoice.SWIFT,
        IntStream.range(0, tests)
            .<Change>mapToObj(i -> put(i, Conduct.GOOD, Configuration.EMPTY))
            .toList());
  }

  /** A patch to one test; two of them in a row never touch the same one. */
  Patch next(Conduct conduct, StrategyChoice strategy, Configuration inForce) {
    int test = (int) (edition % tests);
    return patch(
        conduct.label() + ", edition " + edition, strategy, List.of(put(test, conduct, inForce)));
  }

  private static String id(int test) {
    return String.format(Locale.ROOT, "bench-%03d", test);
  }

  private Change put(int test, Conduct conduct, Configuration inForce) {
    String id = id(test);
    TestDefinition definition =
        TestDefinition.builder(
                id, Check.Http.get("http://127.0.0.1/" + conduct.label() + "?edition=" + edition++))
            .schedule(SCHEDULE)
            .tags(Set.of("bench"))
            .build();
    Content before = inForce.documents().get("test:" + id);
    return new Change.Put(
        "test:" + id, Contents.of(definition), before == null ? null : before.digest());
  }

  private Patch patch(String comment, StrategyChoice strategy, List<Change> changes) {
    Instant now = Instant.now();
    return new Patch(
        PatchIds.of(now, random), AUTHOR, now, comment, strategy, now.plus(LIFETIME), changes);
  }
}
