package dev.jiggety.agent.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.base.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContinuousReplicationTest {
  private static final Duration CHECKPOINT = Duration.ofSeconds(10);

  /** What it logs is not the matter here, and an error's stack would look like a fault. */
  private static final Logger LOG = Logger.getLogger(ContinuousReplication.class.getName());

  private final Replication replication = new Replication();
  private final MemoryPeer source = replication.sourceDatabase;
  private final MemoryPeer target = replication.targetDatabase;
  private final FakeClock clock = replication.clock;
  private final List<ReplicationState> heard = new ArrayList<>();
  private final AtomicInteger targetCalls = new AtomicInteger();
  private Optional<Fault> targetFault = Optional.empty();
  private BooleanSupplier onMissing = () -> false;

  @BeforeEach
  void peersOverWhichTimePasses() {
    LOG.setLevel(Level.OFF);
    source.onWait(clock::advance);
    replication.target.faults(operation -> {
      targetCalls.incrementAndGet();
      return targetFault;
    });
    replication.options =
        replication
            .options
            .withTimes(
                new ReplicationOptions.Times(
                    CHECKPOINT, Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofHours(1)))
            .withBackoff(
                new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2)),
                new Backoff(Duration.ofMinutes(2), Duration.ofMinutes(10)));
  }

  private ContinuousReplication continuous() {
    var continuous =
        new ContinuousReplication(
            "test", replication.replicator(), () -> onMissing.getAsBoolean(), clock::advance);
    continuous.subscribe(heard::add);
    return continuous;
  }

  /** Turns the loop until this much time has passed. */
  private List<Duration> run(ContinuousReplication loop, Duration time) throws Exception {
    var delays = new ArrayList<Duration>();
    var end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      var delay = loop.turn();
      if (delay.isPositive()) {
        delays.add(delay);
        clock.advance(delay);
      }
    }
    return delays;
  }

  @Test
  void bringsWhatIsThereAndThenWhatComes() throws Exception {
    source.store(Docs.many("old", 25));
    try (var loop = continuous()) {
      loop.turn();
      assertThat(target.ids()).hasSize(25);
      source.store(Docs.many("new", 3));
      loop.turn();
      assertThat(target.leaves()).isEqualTo(source.leaves());

      var state = loop.state();
      assertThat(state.connected()).isTrue();
      assertThat(state.pending()).isZero();
      assertThat(state.written()).isEqualTo(28);
      assertThat(state.lastSuccess()).contains(clock.instant());
    }
  }

  @Test
  void aWeekOfflineIsToldTwice() throws Exception {
    source.store(Docs.many("doc", 5));
    try (var loop = continuous()) {
      loop.turn();
      targetFault = Optional.of(new Fault.CutBefore());
      source.store(Docs.many("more", 5));
      var lost = clock.instant();
      var before = targetCalls.get();
      run(loop, Duration.ofDays(7));

      assertThat(loop.state().connected()).isFalse();
      assertThat(loop.state().since()).isEqualTo(lost);
      assertThat(loop.state().reason()).contains("memory target", "cut before");
      assertThat(targetCalls.get() - before)
          .as("at most one call a minute")
          .isLessThan((int) Duration.ofDays(7).toMinutes());

      targetFault = Optional.empty();
      run(loop, Duration.ofMinutes(5));
      assertThat(heard).extracting(ReplicationState::connected).containsExactly(true, false, true);
      assertThat(target.leaves()).isEqualTo(source.leaves());
    }
  }

  @Test
  void waitsAsLongAsTheHubAsks() throws Exception {
    source.store(Docs.many("doc", 5));
    targetFault = Optional.of(new Fault.Overloaded(Duration.ofMinutes(7)));
    try (var loop = continuous()) {
      assertThat(loop.turn()).isEqualTo(Duration.ofMinutes(7));
    }
  }

  @Test
  void doesNotKnockOftenWithAWrongPassword() throws Exception {
    targetFault = Optional.of(new Fault.Denied());
    try (var loop = continuous()) {
      var delays = run(loop, Duration.ofHours(1));
      assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofMinutes(1)) >= 0);
      assertThat(delays).hasSizeLessThan(20);
      assertThat(heard).hasSize(1);
    }
  }

  @Test
  void asksForTheMissingDatabaseAndGoesOnAtOnce() throws Exception {
    source.store(Docs.many("doc", 5));
    var missing = new AtomicInteger();
    var made = new boolean[1];
    replication.target.faults(operation ->
        made[0]
            ? Optional.empty()
            : Optional.of(
                new Fault.Meanwhile(() -> {
                  throw new PeerException(
                      PeerException.Kind.MISSING, target.identity(), "no_db_file");
                })));
    onMissing =
        () -> {
          made[0] = missing.incrementAndGet() == 2;
          return made[0];
        };
    try (var loop = continuous()) {
      assertThat(loop.turn()).as("could not make it").isPositive();
      loop.turn();
      loop.turn();
      assertThat(missing).hasValue(2);
      assertThat(target.leaves()).isEqualTo(source.leaves());
    }
  }

  @Test
  void writesCheckpointsNowAndThenAndNotWithEveryDocument() throws Exception {
    var checkpoints = new AtomicInteger();
    replication.target.faults(operation -> {
      checkpoints.addAndGet(operation.equals("putLocal") ? 1 : 0);
      return Optional.empty();
    });
    source.onWait(patience -> {
      clock.advance(Duration.ofSeconds(1));
      source.store(List.of(Docs.first("doc " + clock.instant(), "")));
    });
    try (var loop = continuous()) {
      run(loop, Duration.ofMinutes(5));
    }
    assertThat(target.ids()).hasSizeGreaterThan(290);
    assertThat(checkpoints.get()).isBetween(20, 31);
  }

  @Test
  void writesACheckpointForTheLastDocumentThoughNothingComesAfterIt() throws Exception {
    try (var loop = continuous()) {
      loop.turn();
      source.store(Docs.many("doc", 3));
      run(loop, Duration.ofMinutes(1));
      var log = source.local(replication.replicator().id()).orElseThrow();
      assertThat(log.get("source_last_seq").getAsLong()).isEqualTo(3);
    }
  }

  @Test
  void fillsADatabaseAgainThatWasMadeAnewThoughNothingElseChanges() throws Exception {
    source.store(Docs.many("doc", 25));
    try (var loop = continuous()) {
      run(loop, Duration.ofMinutes(1));
      target.recreate();
      run(loop, Duration.ofMinutes(4));
      assertThat(target.leaves()).isEqualTo(source.leaves());
      assertThat(heard).as("never away").hasSize(1);
    }
  }

  @Test
  void triesQuarantinedDocumentsEveryHour() throws Exception {
    source.store(Docs.many("doc", 5));
    replication.target.forbid(document -> document.id().endsWith("3"));
    try (var loop = continuous()) {
      run(loop, Duration.ofMinutes(10));
      assertThat(loop.state().quarantined()).isEqualTo(1);
      replication.target.forbid(document -> false);
      run(loop, Duration.ofHours(1));
      assertThat(loop.quarantine().count()).isZero();
      assertThat(target.leaves()).isEqualTo(source.leaves());
    }
  }

  @Test
  void triesQuarantinedDocumentsWhenAsked() throws Exception {
    source.store(Docs.many("doc", 5));
    replication.target.forbid(document -> document.id().endsWith("3"));
    try (var loop = continuous()) {
      run(loop, Duration.ofMinutes(10));
      replication.target.forbid(document -> false);
      loop.retryQuarantined();
      loop.turn();
      assertThat(loop.quarantine().count()).isZero();
      assertThat(target.leaves()).isEqualTo(source.leaves());
    }
  }

  @Test
  void goesOnThoughTheHookForAMissingDatabaseFails() throws Exception {
    source.store(Docs.many("doc", 5));
    var calls = new AtomicInteger();
    replication.target.faults(operation ->
        calls.incrementAndGet() > 2
            ? Optional.empty()
            : Optional.of(
                new Fault.Meanwhile(() -> {
                  throw new PeerException(
                      PeerException.Kind.MISSING, target.identity(), "no_db_file");
                })));
    onMissing =
        () -> {
          throw new IllegalStateException("the hook's own mistake");
        };
    try (var _ = continuous().start()) {
      Awaitility.await().until(() -> target.ids().size() == 5);
    }
  }

  @Test
  void goesOnAfterAnErrorNobodyHasForeseen() throws Exception {
    source.store(Docs.many("doc", 5));
    targetFault = Optional.of(new Fault.Bug());
    try (var loop = continuous()) {
      assertThat(loop.turn()).isPositive();
      targetFault = Optional.empty();
      loop.turn();
      assertThat(target.leaves()).isEqualTo(source.leaves());
    }
  }

  @Test
  void doesNotSpinWhenTheServerDoesNotWait() throws Exception {
    var requests = new AtomicInteger();
    source.onWait(patience -> {
      requests.incrementAndGet();
      clock.advance(Duration.ofMillis(2));
    });
    try (var loop = continuous()) {
      run(loop, Duration.ofMinutes(10));
    }
    assertThat(requests.get()).isLessThan(400);
  }

  @Test
  void closesPromptlyWhileItWaitsAndRemembersHowFarItCame() throws Exception {
    source.store(Docs.many("doc", 5));
    var waiting = new CountDownLatch(1);
    source.onWait(patience -> {
      waiting.countDown();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new PeerException(PeerException.Kind.UNAVAILABLE, source.identity(), "interrupted");
      }
    });
    var loop = continuous().start();
    waiting.await();
    loop.close();

    var log = target.local(replication.replicator().id()).orElseThrow();
    assertThat(log.get("source_last_seq").getAsLong()).isEqualTo(5);
    assertThat(heard).extracting(ReplicationState::connected).containsExactly(true);
  }

  @Test
  void closesPromptlyWhileItIsAway() {
    targetFault = Optional.of(new Fault.CutBefore());
    var loop = new ContinuousReplication("test", replication.replicator(), () -> false).start();
    Awaitility.await().until(() -> targetCalls.get() > 0);
    loop.close();
    var calls = targetCalls.get();
    assertThat(loop.state().connected()).isFalse();
    assertThat(targetCalls).hasValue(calls);
  }

  @Test
  void aListenerThatFailsDoesNoHarmAndOneThatIsClosedHearsNothing() throws Exception {
    try (var loop = continuous()) {
      loop.subscribe(state -> {
        throw new IllegalStateException("a listener's own mistake");
      });
      var late = new ArrayList<ReplicationState>();
      loop.subscribe(late::add).close();
      loop.turn();
      assertThat(heard).hasSize(1);
      assertThat(late).isEmpty();
    }
  }
}
