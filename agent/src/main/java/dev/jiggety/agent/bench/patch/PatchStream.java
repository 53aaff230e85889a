package dev.jiggety.agent.bench.patch;

import dev.jiggety.agent.bench.InForce;
import dev.jiggety.agent.bench.patch.Evidence.Submitted;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.repository.HubException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An operator who hands in one patch after the other, good ones and bad ones, and decides where a
 * rollout waits for a decision. Its own thread; everything else may be asked from any.
 */
final class PatchStream implements AutoCloseable {
  /** So many open patches are no backlog. */
  static final int FEW = 3;

  private static final int MOST = 6;
  private static final int TESTS = 40;
  private static final int GOOD_PERCENT = 75;
  private static final int BAD_PERCENT = 18;
  private static final int LONGEST_PAUSE_MILLIS = 1_500;
  private static final Duration HESITATION = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final Operator operator;
  private final Random random;
  private final Shelf shelf;
  private final List<Submitted> submitted = new ArrayList<>();
  private final Map<String, Long> decided = new HashMap<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("bench-patches").unstarted(this::loop);
  private final ReentrantLock handingIn = new ReentrantLock();
  private volatile int round;
  private volatile boolean ending;
  private volatile boolean closing;
  private volatile @Nullable Exception failure;

  PatchStream(Operator operator, long seed) {
    this.operator = operator;
    this.random = new Random(seed);
    this.shelf = new Shelf(TESTS, random);
  }

  /** Begins with the tests that there are. */
  void begin() {
    thread.start();
  }

  /** What is handed in from now on belongs to that round. */
  void round(int number) {
    round = number;
  }

  /**
   * Hands nothing in any more, but goes on to decide. One that is being handed in is waited for.
   */
  void end() {
    handingIn.lock();
    try {
      ending = true;
    } finally {
      handingIn.unlock();
    }
  }

  /** What was handed in, in that order. */
  List<Submitted> submitted() {
    synchronized (submitted) {
      return List.copyOf(submitted);
    }
  }

  /** How many patches are at an end, as far as an operator knows. */
  int ended() {
    return submitted().size() - open();
  }

  /**
   * Waits until the tests are in force.
   *
   * @throws BenchFailedException when they are not in time
   */
  void awaitFirst(Duration patience) throws InterruptedException, BenchFailedException {
    long end = System.nanoTime() + patience.toNanos();
    while (ended() == 0) {
      check();
      if (System.nanoTime() > end) {
        throw new BenchFailedException("the first patch does not come to an end");
      }
      Thread.sleep(LOOK_AGAIN);
    }
  }

  /** How many patches are not at an end, as far as an operator knows. */
  int open() {
    return openOnes().size();
  }

  /** What those say that are not at an end, a line each. */
  List<String> openWords() {
    return openOnes().stream().map(it -> it.id() + ": " + operator.watch().words(it.id())).toList();
  }

  private List<Submitted> openOnes() {
    Map<String, Rollout> latest = new HashMap<>();
    for (Rollout rollout : operator.watch().rollouts()) {
      if (rollout.state() != RolloutState.JOINED) {
        rollout
            .patchIds()
            .forEach(id ->
                latest.merge(id, rollout, (one, two) -> one.attempt() > two.attempt() ? one : two));
      }
    }
    return submitted().stream()
        .filter(patch -> isOpen(patch.id(), latest.get(patch.id())))
        .toList();
  }

  private static boolean isOpen(String patchId, @Nullable Rollout latest) {
    return latest == null
        || !latest.state().isTerminal()
        || latest.again().stream().anyMatch(group -> group.contains(patchId));
  }

  /**
   * Whether it still goes on.
   *
   * @throws BenchFailedException when it could not
   */
  void check() throws BenchFailedException {
    Exception known = failure;
    if (known != null) {
      throw new BenchFailedException("no more patches can be handed in: " + known.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void loop() {
    try {
      handIn(shelf.first(), false);
      while (!closing && open() > 0) {
        decideAndRest();
      }
      long next = System.nanoTime();
      while (!closing) {
        if (System.nanoTime() > next && open() < MOST && handInAnother()) {
          next = System.nanoTime() + random.nextInt(LONGEST_PAUSE_MILLIS) * 1_000_000L;
        }
        decideAndRest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (BenchFailedException | RuntimeException e) {
      failure = e;
    }
  }

  /** Hands one in, unless that is over; whether it is not. */
  private boolean handInAnother() throws InterruptedException, BenchFailedException {
    handingIn.lock();
    try {
      if (ending) {
        return false;
      }
      handInAny();
      return true;
    } finally {
      handingIn.unlock();
    }
  }

  private void handInAny() throws InterruptedException, BenchFailedException {
    int dice = random.nextInt(100);
    Shelf.Conduct conduct =
        dice < GOOD_PERCENT
            ? Shelf.Conduct.GOOD
            : dice < GOOD_PERCENT + BAD_PERCENT ? Shelf.Conduct.BAD : Shelf.Conduct.CRASHING;
    Patch patch;
    try {
      patch = shelf.next(conduct, StrategyChoice.SWIFT, InForce.of(operator.patches()));
    } catch (HubException e) {
      return; // the hub is away; later
    }
    handIn(patch, conduct != Shelf.Conduct.GOOD);
  }

  private void handIn(Patch patch, boolean bad) throws InterruptedException, BenchFailedException {
    synchronized (submitted) {
      submitted.add(new Submitted(patch, bad, round));
    }
    operator.submitUntilTaken(patch);
  }

  /** Somebody has to decide where a rollout is paused or the line is held. */
  private void decideAndRest() throws InterruptedException {
    long now = System.nanoTime();
    for (Rollout rollout : operator.watch().rollouts()) {
      boolean isPaused = rollout.state() == RolloutState.PAUSED;
      if (!isPaused && rollout.state() != RolloutState.HELD) {
        continue;
      }
      Long before = decided.putIfAbsent(rollout.id(), now);
      if (before != null && now - before > HESITATION.toNanos()) {
        decided.put(rollout.id(), now);
        boolean isGivenUp = isPaused && random.nextBoolean();
        operator.command(
            rollout.id(),
            isGivenUp ? Cause.Act.ABORT : isPaused ? Cause.Act.RESUME : Cause.Act.RETRY);
      }
    }
    Thread.sleep(LOOK_AGAIN);
  }
}
