package dev.jiggety.agent.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.document.HeadDocument;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.rules.Digests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of a manager, a line that loses, repeats and delays, a disk that is full now and
 * then, and a process that is killed at any point: what must hold in all of them.
 */
class SlotsModelTest {
  private static final Instant START = Instant.parse("2026-11-18T10:00:00Z");
  private static final int STEPS = 120;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void holds(long seed) {
    World world = new World(seed);
    for (int i = 0; i < STEPS; i++) {
      world.step();
    }
    world.comesToRest();
  }

  /** The process ends in the middle. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A node, what it is told, and what it may do. */
  private static final class World {
    private final Random random;
    private final Manager manager =
        new Manager(START, Manager.test("a", "0"), Manager.test("b", "0"));
    private final List<Head> heads = new ArrayList<>();
    private final Set<Generation> wanted = new HashSet<>();
    private final List<SlotEvent> onTheWay = new ArrayList<>();
    private Manager.Ride ride = manager.ride();
    private Phase phase = Phase.STEADY;
    private Moment now = new Moment(START, 5_000);
    private SlotState state = SlotState.fresh("n1");
    private Kept disk = state.kept();
    private final List<SlotEvent> unkept = new ArrayList<>();
    private boolean isUnkept;
    private boolean diskIsFull;
    private Optional<Generation> inForce = Optional.empty();
    private long lastNumber;
    private long counter;
    private boolean mayBeKilled;
    private boolean isResting;
    private boolean wasFull;
    private long acceptedVersion;
    private int edits;

    World(long seed) {
      random = new Random(seed);
      written();
      wanted.add(state.active().generation());
      tell(new SlotEvent.Restarted());
      tell(new SlotEvent.ConfirmedKnown(manager.confirmed));
    }

    void step() {
      try {
        act();
      } catch (Killed _) {
        restart();
      }
    }

    private void act() {
      switch (random.nextInt(14)) {
        case 0, 1, 2 -> manage();
        case 3, 4, 5, 6 -> deliver();
        case 7 -> replay();
        case 8 -> pass(Duration.ofMillis(random.nextInt(8_000)));
        case 9 -> restart();
        case 10 -> tell(new SlotEvent.ConfirmedKnown(manager.confirmed));
        case 11 -> crashOrShadow();
        case 12 -> report();
        default -> disk(random.nextInt(4) == 0);
      }
    }

    /** What could not be kept comes again when there is room. */
    private void disk(boolean full) {
      diskIsFull = full;
      if (!full && isUnkept) {
        isUnkept = false;
        disk = state.kept();
        List<SlotEvent> again = List.copyOf(unkept);
        unkept.clear();
        again.forEach(this::tell);
      }
    }

    /** Whatever happened: when all is delivered and confirmed, the node runs what the head says. */
    void comesToRest() {
      isResting = true;
      mayBeKilled = false;
      disk(false);
      if (phase == Phase.PROMOTING) {
        manager.complete(ride);
      } else if (phase == Phase.TRIAL) {
        manager.turnBack(ride);
      }
      phase = Phase.STEADY;
      written();
      onTheWay.clear();
      manager.now = now.wall();
      tell(new SlotEvent.ConfirmedKnown(manager.confirmed));
      tell(offer(manager.head));
      assertThat(state.active().generation()).isEqualTo(manager.head.active());
      assertThat(inForce.map(Generation::digest)).contains(manager.head.active().digest());
      restart();
      assertThat(state.active().generation()).isEqualTo(manager.head.active());
      pass(Duration.ofHours(1));
      assertThat(state.active().generation()).isEqualTo(manager.head.active());
    }

    private void manage() {
      manager.now = now.wall();
      switch (phase) {
        case STEADY -> {
          ride =
              manager.ride(
                  manager.put(Manager.test(random.nextBoolean() ? "a" : "c", "e" + edits++)));
          onTheWay.add(new SlotEvent.CandidateOffered(new Proposal(ride.id(), ride.changes())));
          if (random.nextBoolean()) {
            manager.stage(ride, "n1");
          } else {
            manager.stage(ride, "n2");
          }
          phase = Phase.TRIAL;
        }
        case TRIAL -> {
          switch (random.nextInt(4)) {
            case 0 -> {
              manager.turnBack(ride);
              phase = Phase.STEADY;
            }
            case 1 -> {
              manager.promote(ride, 1, "n2");
              phase = Phase.PROMOTING;
            }
            default -> {
              manager.promote(ride);
              phase = Phase.PROMOTING;
            }
          }
        }
        case PROMOTING -> {
          switch (random.nextInt(4)) {
            case 0 -> {
              manager.turnBack(ride);
              phase = Phase.STEADY;
            }
            case 1 -> manager.renew();
            default -> {
              manager.complete(ride);
              phase = Phase.STEADY;
            }
          }
        }
      }
      written();
    }

    private void written() {
      Head head = manager.head;
      heads.add(head);
      wanted.add(head.active());
      if (head.previous() != null) {
        wanted.add(head.previous());
      }
      onTheWay.add(offer(head));
    }

    private static SlotEvent offer(Head head) {
      return new SlotEvent.HeadOffered(head, HeadDocument.TYPE.write(head));
    }

    /** Out of order, twice, or never. */
    private void deliver() {
      if (!onTheWay.isEmpty()) {
        int which = random.nextInt(onTheWay.size());
        SlotEvent event = onTheWay.get(which);
        if (random.nextInt(5) > 0) {
          onTheWay.remove(which);
        }
        if (random.nextInt(8) > 0) {
          tell(event);
        }
      }
    }

    private void replay() {
      tell(offer(heads.get(random.nextInt(heads.size()))));
      Manager.Ride other = manager.ride(manager.put(Manager.test("a", "never" + edits++)));
      tell(new SlotEvent.CandidateOffered(new Proposal(ride.id(), other.changes())));
      tell(new SlotEvent.CandidateOffered(new Proposal(ride.id(), ride.changes())));
    }

    private void pass(Duration time) {
      Moment end = now.plus(time);
      Optional<Duration> wake = Slots.wake(state, now);
      while (wake.isPresent() && now.plus(wake.get()).nanos() <= end.nanos()) {
        now = now.plus(wake.get().isZero() ? Duration.ofMillis(1) : wake.get());
        tell(new SlotEvent.Passed());
        wake = Slots.wake(state, now);
      }
      now = now.nanos() < end.nanos() ? end : now;
      tell(new SlotEvent.Passed());
    }

    /** Kept is what the disk has; the clocks go on, and the wall clock was perhaps set. */
    private void restart() {
      mayBeKilled = false;
      unkept.clear();
      now = now.plus(Duration.ofMillis(300 + random.nextInt(3_000)));
      // A clock that is set back while nothing can be kept is one fault too many for the numbers.
      long set = diskIsFull || wasFull ? 0 : random.nextInt(2_000) - 1_000L;
      now = new Moment(now.wall().plusMillis(set), random.nextInt(9_999));
      wasFull = diskIsFull;
      acceptedVersion = disk.head() == null ? 0 : disk.head().head().version();
      state = SlotState.of("n1", disk);
      inForce = Optional.empty();
      if (random.nextInt(3) == 0) {
        state = SlotState.of("n1", Slots.on(state, new SlotEvent.Stopping(), now).state().kept());
      }
      tell(new SlotEvent.Restarted());
      tell(new SlotEvent.CandidateOffered(new Proposal(ride.id(), ride.changes())));
      counter = state.number();
      mayBeKilled = !isResting;
    }

    private void crashOrShadow() {
      Generation of = state.trying().of();
      if (of != null) {
        tell(
            random.nextBoolean()
                ? new SlotEvent.ExecutorFailed(of.digest(), "it crashed")
                : new SlotEvent.ShadowRan(of.digest(), new Shadow("a", 1, 0, 0, 1)));
      }
    }

    private void report() {
      long number = Math.max(state.number(), counter) + 1;
      assertThat(number).as("numbers of reports grow for ever").isGreaterThan(lastNumber);
      lastNumber = number;
      counter = number;
      if (Numbers.runOut(state, number)) {
        tell(new SlotEvent.Reported(number));
      }
    }

    private void tell(SlotEvent event) {
      SlotState before = state;
      Slots.Step step = Slots.on(state, event, now);
      for (SlotEffect effect : step.effects()) {
        if (effect instanceof SlotEffect.Persist(boolean required)) {
          isUnkept = diskIsFull;
          if (diskIsFull && required) {
            unkept.add(event);
            return;
          }
          if (!diskIsFull) {
            disk = step.state().kept();
          }
        }
      }
      if (mayBeKilled && random.nextInt(60) == 0) {
        throw new Killed(); // between the disk and the rest
      }
      state = step.state();
      step.effects().forEach(this::carryOut);
      holds(before, event);
    }

    private void carryOut(SlotEffect effect) {
      switch (effect) {
        case SlotEffect.Swap(Slot to) -> inForce = Optional.of(to.generation());
        case SlotEffect.Prepare(Slot slot, boolean _) ->
            tell(new SlotEvent.Prepared(slot.digest(), 1));
        default -> {}
      }
    }

    private void holds(SlotState before, SlotEvent event) {
      Slot active = state.active();
      assertThat(wanted).as("runs only what a head wanted").contains(active.generation());
      assertThat(Digests.of(active.configuration())).isEqualTo(active.digest());
      Head head = state.head();
      if (head != null) {
        assertThat(head.version())
            .as("versions never go back")
            .isGreaterThanOrEqualTo(acceptedVersion);
        acceptedVersion = head.version();
      }
      Slot standby = state.standby();
      if (standby != null) {
        assertThat(Digests.of(standby.configuration())).isEqualTo(standby.digest());
      }
      Long deadline = state.deadline();
      if (state.isUnconfirmed() && standby != null && event instanceof SlotEvent.Passed) {
        assertThat(deadline != null && !now.isAt(deadline))
            .as("nothing unconfirmed runs beyond its time")
            .isTrue();
      }
      if (state.isUnconfirmed()) {
        for (SlotState.KnownBad bad : before.kept().knownBad()) {
          assertThat(bad.ride() + bad.digest())
              .as("what went back is not tried again")
              .isNotEqualTo(active.generation().ride() + active.digest());
        }
      }
    }
  }
}
