package dev.jiggety.agent.manager;

import dev.jiggety.base.Backoff;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Lets the companions of a manager go along with it: each on a lane of its own, so that one that
 * hangs keeps neither the manager nor another one waiting.
 */
final class Companions {
  private static final System.Logger LOG = System.getLogger(Companions.class.getName());
  private static final Backoff RETRY = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** Who went on for so long is begun again as quickly as at first. */
  private static final Duration STEADY = Duration.ofMinutes(1);

  private final Loop loop;
  private final Notices notices;
  private final RandomGenerator random;
  private final SigningKey key;
  private final Supplier<Trust> trust;
  private final Runnable changed;
  private final List<Attendance> attendances;

  /**
   * Companions that have not begun.
   *
   * @param key the manager's
   * @param trust the keys that are in force, for any thread
   * @param lanes makes what runs the tasks of one companion, one after the other
   * @param changed told on the loop that there is something new to show
   */
  Companions(
      List<Companion> companions,
      Loop loop,
      Notices notices,
      RandomGenerator random,
      SigningKey key,
      Supplier<Trust> trust,
      Function<String, Executor> lanes,
      Runnable changed) {
    this.loop = loop;
    this.notices = notices;
    this.random = random;
    this.key = key;
    this.trust = trust;
    this.changed = changed;
    this.attendances =
        companions.stream().map(it -> new Attendance(it, lanes.apply(it.name()))).toList();
  }

  /**
   * The manager is active; on the loop. Nothing happens where that is known already.
   *
   * @param over whether its turn is over
   */
  void begin(long epoch, BooleanSupplier over) {
    attendances.forEach(it -> it.begin(epoch, over));
  }

  /** The turn is over; on the loop. */
  void end() {
    attendances.forEach(Attendance::end);
  }

  /** How each of them is; for any thread. */
  List<ManagerStatus.Work> works() {
    return attendances.stream().map(Attendance::work).toList();
  }

  /** A companion through all turns. All of it but what it says is of the loop. */
  private final class Attendance {
    private final Companion companion;
    private final Executor lane;
    private @Nullable Stint stint;
    private Loop.@Nullable Timer again;
    private int failures;
    private volatile boolean isRunning;
    private volatile String text = "";

    Attendance(Companion companion, Executor lane) {
      this.companion = companion;
      this.lane = lane;
    }

    ManagerStatus.Work work() {
      return new ManagerStatus.Work(companion.name(), isRunning, text);
    }

    void begin(long epoch, BooleanSupplier over) {
      Stint now = stint;
      if (now != null && !now.turn.getAsBoolean()) {
        now.epoch = epoch; // the manager read everything again; its turn is the same
        return;
      }
      end();
      enter(new Stint(this, epoch, over));
    }

    private void enter(Stint next) {
      stint = next;
      lane.execute(next::enter);
    }

    void end() {
      Loop.Timer waiting = again;
      if (waiting != null) {
        waiting.cancel();
        again = null;
      }
      Stint ending = stint;
      stint = null;
      failures = 0;
      if (ending != null) {
        leave(ending);
      }
    }

    private void leave(Stint ending) {
      ending.over = true;
      lane.execute(ending::leave);
      ending.troubles.forEach(notices::fine);
      ending.troubles.clear();
    }

    private void failed(Stint failing, String why) {
      if (stint != failing) {
        return;
      }
      leave(failing);
      if (Duration.between(failing.since, loop.now()).compareTo(STEADY) > 0) {
        failures = 0;
      }
      notices.trouble(companion.name(), companion.name() + " cannot go on: " + why);
      Stint next = new Stint(this, failing.epoch, failing.turn);
      stint = next;
      Duration wait = RETRY.delay(failures++, random);
      again =
          loop.at(
              loop.now().plus(wait),
              () -> {
                again = null;
                if (stint == next && !next.isOver()) {
                  enter(next);
                }
              });
      changed.run();
    }

    private void begun(Stint begun) {
      if (stint == begun) {
        notices.fine(companion.name());
        changed.run();
      }
    }
  }

  /** From one beginning of a companion to its end. */
  private final class Stint implements Companion.Turn {
    private final Attendance attendance;
    private final BooleanSupplier turn;
    private volatile long epoch;
    private final Instant since = loop.now();
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final Set<String> troubles = new HashSet<>(); // of the loop
    private volatile boolean over;
    private @Nullable AutoCloseable running; // of the lane

    Stint(Attendance attendance, long epoch, BooleanSupplier turn) {
      this.attendance = attendance;
      this.epoch = epoch;
      this.turn = turn;
    }

    private void enter() {
      if (isOver()) {
        return;
      }
      try {
        running = attendance.companion.begin(this);
        attendance.isRunning = true;
        loop.post(() -> attendance.begun(this));
      } catch (Exception e) {
        LOG.log(System.Logger.Level.DEBUG, attendance.companion.name() + " does not begin", e);
        failed(String.valueOf(e.getMessage()));
      } catch (Error e) { // as little as any other fault may this one stop the others
        LOG.log(System.Logger.Level.ERROR, attendance.companion.name() + " does not begin", e);
        failed(e.toString());
      }
    }

    private void leave() {
      AutoCloseable ending = running;
      running = null;
      attendance.isRunning = false;
      attendance.text = "";
      if (ending == null) {
        return;
      }
      try {
        ending.close();
      } catch (Exception | Error e) {
        LOG.log(System.Logger.Level.WARNING, attendance.companion.name() + " does not end well", e);
      }
    }

    @Override
    public long epoch() {
      return epoch;
    }

    @Override
    public boolean isOver() {
      return over || turn.getAsBoolean();
    }

    @Override
    public Instant now() {
      return loop.now();
    }

    @Override
    public String manager() {
      return key.trusted().name();
    }

    @Override
    public SigningKey key() {
      return key;
    }

    @Override
    public Trust trust() {
      return trust.get();
    }

    @Override
    public void failed(String why) {
      if (hasFailed.compareAndSet(false, true)) {
        over = true;
        loop.post(() -> attendance.failed(this, why));
      }
    }

    @Override
    public void says(String line) {
      if (!over && !line.equals(attendance.text)) {
        attendance.text = line;
        loop.post(changed);
      }
    }

    @Override
    public void trouble(String about, String line) {
      loop.post(() -> {
        if (!isOver()) {
          troubles.add(about(about));
          notices.trouble(about(about), line);
          changed.run();
        }
      });
    }

    @Override
    public void fine(String about) {
      loop.post(() -> {
        if (troubles.remove(about(about))) {
          notices.fine(about(about));
          changed.run();
        }
      });
    }

    private String about(String what) {
      return attendance.companion.name() + ": " + what;
    }
  }
}
