package dev.jiggety.agent.slot;

import com.google.gson.JsonObject;
import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.slot.TestReader.Changed;
import dev.jiggety.document.Ids;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.SlotReport.Health;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.signing.Signatures;
import dev.jiggety.signing.Trust;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a node at work: takes in what the hub shows, asks {@link Slots} what to do, and does
 * it. Events are worked off one after the other by whichever thread brings one while nobody else
 * does, so a node needs no thread for it. Every method may be called from any thread; none waits
 * for the hub.
 */
public final class SlotKeeper implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SlotKeeper.class.getName());

  /** Until the confirmed documents are read again for the key of the first manager. */
  private static final Duration FIRST_KEY = Duration.ofSeconds(2);

  /** After the disk took nothing. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /** How often the first manager's key is looked for before people are told. */
  private static final int PATIENT_LOOKS = 3;

  private static final int MOST_DOUBLINGS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Parts parts;
  private final SlotHost host;
  private final ShadowRunner shadows;
  private final KeyRing keys;
  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean working = new AtomicBoolean();
  private final AtomicLong number = new AtomicLong();
  private final Map<String, JsonObject> shown = new TreeMap<>();
  private final Map<Class<?>, SlotEvent> unsaved = new LinkedHashMap<>();
  private final Map<String, TestSet> read = new TreeMap<>();
  private volatile SlotState state;
  private volatile List<String> unreadable = List.of();
  private volatile @Nullable Rejected rejected;
  private Timers.@Nullable Timer timer;
  private Timers.@Nullable Timer again;
  private final CountDownLatch ended = new CountDownLatch(1);
  private int looksForFirst;
  private boolean closed;

  /**
   * What a keeper works with; all of it but the store can be shared by many nodes of a process.
   *
   * @param pinned keys that are believed whatever the configuration says; without a manager's among
   *     them the first one that is seen is kept
   */
  public record Parts(
      SlotStore store,
      Trust pinned,
      Inspector inspector,
      TestReader reader,
      Supplier<Moment> clock,
      Timers timers) {}

  /** What could not be kept, and why. */
  private record Rejected(SlotState state, String trouble) {}

  /**
   * Opens the slots as they were kept; {@link #start} sets them going.
   *
   * @param node the node's name
   */
  public SlotKeeper(String node, Parts parts, SlotHost host) {
    this.parts = parts;
    this.host = host;
    this.keys = new KeyRing(parts.pinned());
    this.shadows = new ShadowRunner(host, this::on);
    this.state = SlotState.of(node, parts.store().load());
  }

  /** Puts into force what was in force, on the calling thread. */
  public void start() {
    on(new SlotEvent.Restarted());
  }

  /**
   * The hub shows a document.
   *
   * @param id {@code head} or {@code candidate}; others are left alone
   * @param document null when it is deleted
   */
  public void document(String id, @Nullable JsonObject document) {
    enqueue(() -> {
      if (document != null && (id.equals(Ids.head()) || id.equals(Ids.candidate()))) {
        shown.put(id, document);
        look(id);
      } else if (id.equals(Ids.head()) && state.head() != null) {
        shown.remove(id);
        work(
            new SlotEvent.Unbelievable(
                id, Refusal.DELETED, "the hub has no head any more; this node keeps to its own"));
      }
    });
  }

  /** The hub shows a document that is larger than any honest one. */
  public void oversized(String id) {
    on(
        new SlotEvent.Unbelievable(
            id, Refusal.OVERSIZED, "the " + id + " on the hub is larger than any honest one"));
  }

  /** These are the confirmed documents, as the replica has them now. */
  public void confirmed(Configuration configuration) {
    enqueue(() -> {
      work(new SlotEvent.ConfirmedKnown(configuration));
      lookAgain();
    });
  }

  /** The feed hears the hub again, or does not; null while it does. */
  public void feed(@Nullable String lost) {
    on(new SlotEvent.Feed(lost));
  }

  /**
   * The executor crashed or hung in a run of a test in force. Whether that is the fault of what
   * runs unconfirmed, is decided here: only a test that it changed can be.
   */
  public void executorFailed(String testId, String error) {
    enqueue(() -> {
      Slot before = state.standby();
      Slot active = state.active();
      var was = before == null ? null : before.configuration().documents().get(Ids.test(testId));
      var is = active.configuration().documents().get(Ids.test(testId));
      if (state.isUnconfirmed() && is != null && !is.equals(was)) {
        work(new SlotEvent.ExecutorFailed(active.digest(), error));
      }
    });
  }

  /** A new report, with a number of its own; null as long as there is nothing to report. */
  public @Nullable SlotReport report() {
    synchronized (number) { // what has the higher number is not older
      SlotState now = state;
      if (now.head() == null) {
        return null;
      }
      long next = number.incrementAndGet();
      if (Slots.needsMoreNumbers(now, next)) {
        on(new SlotEvent.Reported(next));
      }
      return report(now, next);
    }
  }

  /** What people should look at, one line each; empty when all is well. */
  public List<String> notices() {
    List<String> notices = new ArrayList<>(unreadable);
    notices.addAll(SlotWords.notices(state, parts.clock().get()));
    Rejected no = rejected;
    if (no != null) {
      notices.add(no.trouble());
    }
    if (!parts.store().trouble().isEmpty()) {
      notices.add(parts.store().trouble());
    }
    return notices;
  }

  /** How it stands. */
  public SlotState state() {
    return state;
  }

  /**
   * How often to report though nothing has changed; the given time, but for a canary while
   * something is tried, which everybody waits for.
   */
  public Duration pace(Duration usual) {
    Duration canary = Duration.ofSeconds(2);
    return state.isCanary() && canary.compareTo(usual) < 0 ? canary : usual;
  }

  /** Ends in order. */
  @Override
  public void close() {
    on(new SlotEvent.Stopping());
    enqueue(() -> {
      closed = true;
      shadows.stop();
      cancel(timer);
      cancel(again);
      parts.store().close();
      ended.countDown();
    });
    try {
      if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(Level.WARNING, "the slots of {0} do not end", state.node());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void on(SlotEvent event) {
    enqueue(() -> work(event));
  }

  private void enqueue(Runnable task) {
    waiting.add(task);
    while (!waiting.isEmpty() && working.compareAndSet(false, true)) {
      try {
        Runnable next = waiting.poll();
        while (next != null) {
          safely(next);
          next = waiting.poll();
        }
        wakeLater();
      } finally {
        working.set(false);
      }
    }
  }

  private void safely(Runnable task) {
    try {
      if (!closed) {
        task.run();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the slots of " + state.node() + " stumbled; they go on", e);
    }
  }

  private void work(SlotEvent event) {
    Slots.Step step = Slots.on(state, event, parts.clock().get());
    for (SlotEffect effect : step.effects()) {
      if (effect instanceof SlotEffect.Persist(boolean required)
          && !persist(event, step.state(), required)) {
        return;
      }
    }
    unsaved.remove(event.getClass());
    state = step.state();
    number.accumulateAndGet(state.number(), Math::max);
    step.effects().forEach(this::carryOut);
    if (keys.changed(state)) {
      lookAgain();
    }
  }

  /** Whether to go on. */
  private boolean persist(SlotEvent event, SlotState next, boolean required) {
    try {
      parts.store().save(next.kept());
      if (rejected != null && unsaved.keySet().stream().allMatch(event.getClass()::equals)) {
        rejected = null;
        LOG.log(Level.INFO, "{0}: slots can be kept again", state.node());
      }
      return true;
    } catch (SlotStoreException e) {
      if (rejected == null) {
        LOG.log(Level.ERROR, "{0}: {1}", state.node(), e.getMessage());
      }
      rejected = new Rejected(next, String.valueOf(e.getMessage()));
      if (required) {
        unsaved.put(event.getClass(), event);
      }
      cancel(again);
      again = parts.timers().after(AGAIN, () -> enqueue(this::tryAgain));
      if (required) {
        host.report(Duration.ZERO);
      }
      return !required;
    }
  }

  private void tryAgain() {
    List<SlotEvent> events = List.copyOf(unsaved.values());
    unsaved.clear();
    events.forEach(this::work);
    if (unsaved.isEmpty() && rejected != null) {
      persist(new SlotEvent.Passed(), state, false);
    }
  }

  private void carryOut(SlotEffect effect) {
    switch (effect) {
      case SlotEffect.Persist _ -> {}
      case SlotEffect.StopShadow() -> shadows.stop();
      case SlotEffect.Swap(Slot to) -> swap(to);
      case SlotEffect.Prepare(Slot slot, boolean strict) -> prepare(slot, strict);
      case SlotEffect.StartShadow(Slot candidate) ->
          shadows.start(candidate.digest(), changed(candidate));
      case SlotEffect.Watch(var candidate) -> host.watch(candidate);
      case SlotEffect.Report(Duration within) -> host.report(within);
      case SlotEffect.Pull(Duration within) -> host.pull(within);
      case SlotEffect.Alarm(String text) -> LOG.log(Level.WARNING, "{0}: {1}", state.node(), text);
    }
  }

  private void swap(Slot to) {
    TestSet tests = read(to);
    Slot standby = state.standby();
    read.keySet()
        .removeIf(
            it -> !it.equals(to.digest()) && (standby == null || !it.equals(standby.digest())));
    unreadable = tests.unreadable();
    host.swap(tests);
  }

  private void prepare(Slot slot, boolean strict) {
    String unfit =
        strict ? parts.reader().unfit(state.active().configuration(), slot.configuration()) : null;
    if (unfit != null) {
      on(new SlotEvent.Unfit(slot.digest(), unfit));
      return;
    }
    read(slot);
    on(new SlotEvent.Prepared(slot.digest(), state.isCanary() ? changed(slot).size() : 0));
  }

  private TestSet read(Slot slot) {
    return read.computeIfAbsent(
        slot.digest(), digest -> parts.reader().read(slot.configuration(), digest, host::isOurs));
  }

  private List<Changed> changed(Slot candidate) {
    return parts
        .reader()
        .changed(state.active().configuration(), candidate.configuration(), host::isOurs);
  }

  /** Keys came or went: what was not believed may be believed now. */
  private void lookAgain() {
    List.copyOf(shown.keySet()).forEach(this::look);
  }

  private void look(String id) {
    JsonObject document = shown.get(id);
    if (document == null) {
      return;
    }
    keys.see(state).ifPresent(this::work);
    Trust trust = keys.trust(state);
    boolean isHead = id.equals(Ids.head());
    if (isHead && keys.awaitsFirst(state, trust)) {
      var first = keys.first(state, document);
      if (first.isEmpty() && document.has(Signatures.MEMBER)) {
        host.pull(Duration.ofSeconds(1L << Math.min(looksForFirst, MOST_DOUBLINGS)));
        if (looksForFirst++ < PATIENT_LOOKS) {
          return; // the confirmed documents are on their way
        }
      }
      if (first.isEmpty()) {
        host.pull(FIRST_KEY); // they were read before a manager first put its key there
      }
      first.ifPresent(this::work);
      trust = keys.trust(state);
    }
    if (!isHead && !isWanted(trust)) {
      return;
    }
    SlotEvent event =
        isHead
            ? parts.inspector().head(document, trust)
            : parts.inspector().candidate(document, trust);
    if (!(event instanceof SlotEvent.Unbelievable)) {
      shown.remove(id);
    } else if (!isHead && isSteady()) {
      return; // an old one that nobody looks at; a head that wants it brings it up again
    }
    Head before = state.head();
    work(event);
    if (isHead && !Objects.equals(before, state.head())) {
      look(Ids.candidate());
    }
  }

  /** A node in which nothing is in force yet does not know the operators. */
  private boolean isWanted(Trust trust) {
    boolean isEmpty = state.active().configuration().documents().isEmpty();
    return state.head() != null && !(isEmpty && trust.isWithout(TrustedKey.Role.OPERATOR));
  }

  private boolean isSteady() {
    Head head = state.head();
    return head != null && head.phase() == Head.Phase.STEADY;
  }

  private SlotReport report(SlotState now, long next) {
    Health health = host.health();
    Rejected no = rejected;
    var standing = now.standing();
    var target = standing.target();
    if (no != null && target == null) {
      target = no.state().standing().target();
    }
    boolean isUnkept = no != null && target != null;
    Head head = now.head();
    boolean concerns = head != null && head.phase() != Head.Phase.STEADY;
    return new SlotReport(
        now.node(),
        next,
        now.active().generation(),
        target,
        isUnkept ? SlotReport.Stage.FAILED : standing.stage(),
        isUnkept && no != null ? no.trouble() : standing.error(),
        now.trying().planned(),
        concerns ? List.copyOf(now.trying().runs().values()) : List.of(),
        new Health(
            health.alive(), now.trying().crashes(), health.lateness(), health.latenessBefore()));
  }

  private void wakeLater() {
    cancel(timer);
    timer =
        closed
            ? null
            : Slots.wake(state, parts.clock().get())
                .map(wait -> parts.timers().after(wait, () -> on(new SlotEvent.Passed())))
                .orElse(null);
  }

  private static void cancel(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }

  /** What was kept last; for tests of restarts. */
  Kept kept() {
    return state.kept();
  }
}
