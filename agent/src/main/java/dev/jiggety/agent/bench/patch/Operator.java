package dev.jiggety.agent.bench.patch;

import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Cause;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SigningKey;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** The operator's program: hands patches in, and follows what becomes of them. */
final class Operator implements AutoCloseable {
  private static final Duration AGAIN = Duration.ofMillis(100);

  private final PatchRepository patches;
  private final SigningKey key;
  private final RandomGenerator random;
  private final Watch watch = new Watch();
  private final HubFeed.Subscription subscription;

  Operator(Hub hub, DatabaseNames names, SigningKey key, RandomGenerator random) {
    this.patches = new CouchRepositories(hub, names).patches();
    this.key = key;
    this.random = random;
    this.subscription = patches.follow(watch);
  }

  PatchRepository patches() {
    return patches;
  }

  Watch watch() {
    return watch;
  }

  /** Hands a patch in. */
  void submit(Patch patch) {
    patches.submit(patch, key);
  }

  /**
   * The same until the hub has taken it.
   *
   * @throws BenchFailedException when it says no
   */
  void submitUntilTaken(Patch patch) throws InterruptedException, BenchFailedException {
    while (true) {
      try {
        submit(patch);
        return;
      } catch (HubException e) {
        if (e.kind() == HubException.Kind.REFUSED) {
          throw new BenchFailedException("the hub refused a patch: " + e.getMessage());
        }
        Thread.sleep(AGAIN);
      }
    }
  }

  /** Asks for something; a hub that is away does not hear it. */
  void command(String rollout, Cause.Act act) {
    Instant now = Instant.now();
    try {
      patches.command(
          new OperatorCommand(
              PatchIds.of(now, random), rollout, act, Shelf.AUTHOR, "the benchmark's hand", now),
          key);
    } catch (HubException e) {
      // Whoever asked looks again soon, and asks once more.
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
