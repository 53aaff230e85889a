package dev.jiggety.agent.demo;

import dev.jiggety.document.Contents;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Content;
import dev.jiggety.model.Head;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.signing.SigningKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The operator of the demo: brings the tests in by a patch, hands in another one every half minute,
 * and notes what becomes of them. A thread of its own.
 */
final class DemoOperator implements AutoCloseable {
  private static final Logger LOG = System.getLogger(DemoOperator.class.getName());

  /** Where nothing is in force yet, nothing can be made worse. */
  private static final StrategyChoice AT_ONCE = new StrategyChoice.Named("instant");

  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private final PatchRepository patches;
  private final SigningKey key;
  private final URI shop;
  private final Pace pace;
  private final Predicate<String> runsEverywhere;
  private final PatchLog log;
  private final Consumer<PatchLog.Story> listener;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<String, Rollout> ended = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HubFeed.Subscription subscription;
  private final Thread thread =
      Thread.ofVirtual().name("demo-operator").unstarted(this::handInOneAfterTheOther);

  /**
   * When patches are handed in.
   *
   * @param first how long after the tests are in force
   * @param every the pause between the end of one and the next
   */
  record Pace(Duration first, Duration every) {
    /** Nothing but the first one, and that only where there are no tests. */
    static final Pace NEVER = new Pace(Duration.ofDays(10_000), Duration.ofDays(10_000));

    /** So that a minute shows a good one and a bad one. */
    static final Pace USUAL = new Pace(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  /**
   * An operator who does nothing yet.
   *
   * @param runsEverywhere whether all nodes run what that rollout brought
   * @param listener hears of each patch at its end
   */
  DemoOperator(
      PatchRepository patches,
      SigningKey key,
      URI shop,
      Pace pace,
      Predicate<String> runsEverywhere,
      PatchLog log,
      Consumer<PatchLog.Story> listener) {
    this.pace = pace;
    this.patches = patches;
    this.key = key;
    this.shop = shop;
    this.runsEverywhere = runsEverywhere;
    this.log = log;
    this.listener = listener;
    this.subscription = patches.follow(new Ends());
  }

  /** Puts the tests in force, whatever an earlier demo left there, and returns when they are. */
  void begin(List<TestDefinition> tests) {
    Configuration inForce = patches.inForce();
    if (pace.equals(Pace.NEVER) && hasTests(inForce)) {
      return;
    }
    List<Change> changes =
        tests.stream()
            .<Change>map(test -> put(test, inForce))
            .filter(change -> !isInForce(change, inForce))
            .toList();
    if (!changes.isEmpty()) {
      carryOut(patch(DemoEdits.first(tests), AT_ONCE, changes));
    }
    if (!pace.equals(Pace.NEVER)) {
      thread.start();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(PATIENCE)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    subscription.close();
  }

  private void handInOneAfterTheOther() {
    Duration pause = pace.first();
    for (int number = 0; !isClosing(pause); number++) {
      pause = pace.every();
      try {
        DemoEdits.Edit edit = DemoEdits.at(number, shop);
        Configuration inForce = patches.inForce();
        Content before = inForce.documents().get(Ids.test(edit.testId()));
        if (before != null) {
          TestDefinition test = TestDocument.TYPE.read(Contents.document(before));
          Change change = Contents.put(edit.make().apply(test), Contents.document(before));
          carryOut(patch(edit.comment(), StrategyChoice.SWIFT, List.of(change)));
        }
      } catch (HubException e) {
        LOG.log(Level.WARNING, "the demo could not hand in a patch: {0}", e.getMessage());
      }
    }
  }

  /** Hands it in, and waits for its end. */
  private void carryOut(Patch patch) {
    log.handedIn(patch.id(), patch.comment());
    long begun = System.nanoTime();
    patches.submit(patch, key);
    boolean isActive = false;
    while (!ended.containsKey(patch.id()) && since(begun).compareTo(PATIENCE) < 0) {
      if (!isActive && runsEverywhere.test(patch.id())) {
        isActive = true;
        log.active(patch.id(), since(begun));
      }
      pass(LOOK_AGAIN);
    }
    Rollout end = ended.get(patch.id());
    if (end == null) {
      LOG.log(Level.WARNING, "the patch {0} has not come to an end", patch.id());
    } else {
      listener.accept(log.ended(patch.id(), end.state(), why(end)));
    }
  }

  private Patch patch(String comment, StrategyChoice strategy, List<Change> changes) {
    Instant now = Instant.now();
    return new Patch(
        PatchIds.of(now, random),
        key.trusted().name(),
        now,
        comment,
        strategy,
        now.plus(LIFETIME),
        changes);
  }

  private static Change put(TestDefinition test, Configuration inForce) {
    Content before = inForce.documents().get(Ids.test(test.id()));
    return Contents.put(test, before == null ? null : Contents.document(before));
  }

  private static boolean hasTests(Configuration inForce) {
    return inForce.documents().keySet().stream().anyMatch(id -> id.startsWith(Ids.test("")));
  }

  private static boolean isInForce(Change change, Configuration inForce) {
    Content before = inForce.documents().get(change.target());
    return change instanceof Change.Put put && put.content().equals(before);
  }

  private static String why(Rollout end) {
    if (end.state() == RolloutState.COMPLETED) {
      return "";
    }
    return end.transitions().stream()
        .map(Rollout.Transition::cause)
        .filter(Cause::blames)
        .findFirst()
        .map(cause ->
            switch (cause) {
              case Cause.AtFault fault ->
                  String.join(", ", fault.tests())
                      + " fails in the new version alone, says "
                      + fault.node();
              case Cause.NodesFailed failed ->
                  String.join(", ", failed.nodes()) + ": " + failed.error();
              default -> "";
            })
        .orElse("");
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private boolean isClosing(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void pass(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Ends implements PatchRepository.Listener {
    @Override
    public void rollout(Rollout rollout) {
      if (rollout.state().isTerminal()) {
        rollout.patchIds().forEach(id -> ended.put(id, rollout));
      }
    }

    @Override
    public void answer(CommandAnswer answer) {
      // It gives no commands.
    }

    @Override
    public void head(Head head) {
      // It looks at the nodes.
    }

    @Override
    public void connection(HubFeed.Connection connection) {
      // The hub is in this process.
    }
  }
}
