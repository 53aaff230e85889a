package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Followed;
import dev.jiggety.agent.slot.SlotState.Hearing;
import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.agent.slot.SlotState.Trying;
import dev.jiggety.agent.slot.SlotState.Waiting;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.Head.Phase;
import dev.jiggety.model.SlotReport.Shadow;
import dev.jiggety.model.rules.Digests;
import dev.jiggety.model.rules.Heads;
import dev.jiggety.model.rules.Heads.Acceptance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a node does about its two slots. Pure: each call takes the state, what happened and when,
 * and gives the next state and what has to be done. A configuration runs only when a believed head
 * wants it and its digest proves it; what is tried goes back by itself when nobody confirms it.
 */
public final class Slots {
  /** How long a candidate may come after the head that wants it. */
  static final Duration GRACE = Duration.ofSeconds(3);

  /** A feed that was lost for longer makes the configuration stale. */
  static final Duration STALE = Duration.ofMinutes(5);

  /**
   * Until the confirmed documents may be what a steady head says: the manager writes them after.
   */
  static final Duration PULL_AFTER = Duration.ofSeconds(20);

  /** So many ends of the process while it tries the same thing are the fault of that. */
  static final int MOST_STARTS = 3;

  /** Small, so that after a restart the clock is ahead of it even where nothing could be kept. */
  private static final long RESERVE = 200;

  private static final Duration PULL_AGAIN = Duration.ofSeconds(2);

  private Slots() {}

  /**
   * What comes of an event.
   *
   * @param state the next state
   * @param effects what has to be done, in this order
   */
  public record Step(SlotState state, List<SlotEffect> effects) {
    public Step {
      effects = List.copyOf(effects);
    }
  }

  /** Works an event in. */
  public static Step on(SlotState state, SlotEvent event, Moment now) {
    SlotDraft draft = new SlotDraft(state, now);
    switch (event) {
      case SlotEvent.Restarted() -> restarted(draft);
      case SlotEvent.Stopping() -> stopping(draft);
      case SlotEvent.HeadOffered offered -> offered(draft, offered);
      case SlotEvent.CandidateOffered(SlotState.Proposal proposal) -> {
        draft.believe(Moves.CANDIDATE);
        draft.proposal = proposal;
        Moves.settle(draft);
      }
      case SlotEvent.Unbelievable(String document, Refusal why, String text) -> {
        draft.refuse(document, why, text);
        Moves.settle(draft);
      }
      case SlotEvent.ConfirmedKnown(Configuration configuration) -> confirmed(draft, configuration);
      case SlotEvent.Prepared(String digest, int planned) -> prepared(draft, digest, planned);
      case SlotEvent.Unfit(String digest, String error) -> unfit(draft, digest, error);
      case SlotEvent.ShadowRan(String digest, Shadow runs) -> shadowRan(draft, digest, runs);
      case SlotEvent.ExecutorFailed(String digest, String error) ->
          executorFailed(draft, digest, error);
      case SlotEvent.Feed(@Nullable String lost) -> feed(draft, lost);
      case SlotEvent.Pinned pinned -> draft.pins = pinned.keys();
      case SlotEvent.Reported(long number) -> {
        draft.number = Math.max(draft.number, number);
        reserve(draft);
      }
      case SlotEvent.Passed() -> passed(draft);
    }
    return draft.done();
  }

  /** When something has to be done though nothing happens; empty for never. */
  public static Optional<Duration> wake(SlotState state, Moment now) {
    Moment since = state.waiting().since();
    Moment nextPull = state.waiting().nextPull();
    Instant lost = state.hearing().lostSince();
    Head head = state.head();
    boolean stale = state.hearing().stale();
    return Stream.of(
            state.deadline() == null ? null : Duration.ofNanos(state.deadline() - now.nanos()),
            since == null || now.since(since).compareTo(GRACE) >= 0
                ? null
                : GRACE.minus(now.since(since)),
            nextPull == null ? null : Duration.ofNanos(nextPull.nanos() - now.nanos()),
            lost == null || stale ? null : Duration.between(now.wall(), lost.plus(STALE)),
            head == null || stale ? null : Duration.between(now.wall(), head.expires()))
        .<Duration>mapMulti((wait, next) -> {
          if (wait != null) {
            next.accept(wait.isNegative() ? Duration.ZERO : wait);
          }
        })
        .min(Duration::compareTo);
  }

  /** Whether a report of that number asks for a higher reserve. */
  static boolean needsMoreNumbers(SlotState state, long number) {
    return number + RESERVE / 2 >= state.kept().reserved();
  }

  private static void restarted(SlotDraft draft) {
    draft.number = Math.max(draft.reserved, draft.now.wall().toEpochMilli());
    reserve(draft);
    draft.swap(draft.active);
    if (draft.standby != null) {
      draft.standby = new Slot(draft.standby.generation(), draft.standby.configuration(), false);
    }
    Head head = draft.head();
    if (draft.confirmBy != null && head != null) {
      Duration whole = head.confirmWithin() == null ? Duration.ZERO : head.confirmWithin();
      Duration left = Duration.between(draft.now.wall(), draft.confirmBy);
      left = left.isNegative() ? Duration.ZERO : left.compareTo(whole) > 0 ? whole : left;
      draft.deadline = draft.now.nanos() + left.toNanos();
    }
    draft.pull(Duration.ZERO);
    Trial trial = draft.trial;
    if (trial != null && head != null) {
      Trial again = new Trial(trial.ride(), trial.digest(), trial.starts() + 1);
      draft.trial = again;
      if (again.starts() > MOST_STARTS) {
        String reason = "the node ended " + MOST_STARTS + " times while it tried it";
        draft.trial = null;
        failed(draft, again.digest(), reason);
      }
    }
    passed(draft);
    Moves.settle(draft);
    draft.report();
  }

  /** What is tried is not to blame for an end in order. */
  private static void stopping(SlotDraft draft) {
    Trial trial = draft.trial;
    if (trial != null) {
      draft.trial = new Trial(trial.ride(), trial.digest(), 0);
    }
    if (draft.trying.running()) {
      draft.stopShadow();
    }
  }

  private static void offered(SlotDraft draft, SlotEvent.HeadOffered offered) {
    Head known = draft.head();
    Head head = offered.head();
    Acceptance acceptance = Heads.accept(known, head, draft.now.wall());
    if (acceptance == Acceptance.SAME) {
      draft.believe(Moves.HEAD);
      return;
    }
    if (!acceptance.isAccepted()) {
      draft.refuse(Moves.HEAD, Refusal.of(acceptance), SlotWords.refused(acceptance, known, head));
      return;
    }
    draft.believe(Moves.HEAD);
    draft.followed = new Followed(head, offered.document());
    draft.required = !isBack(draft, head);
    deadline(draft, head);
    draft.canaryOf = canaryOf(draft, head);
    if (head.phase() == Phase.STEADY) {
      draft.trial = null;
      draft.trying = draft.trying.running() ? draft.trying : Trying.NOTHING;
      if (known == null || !known.digest().equals(head.digest())) {
        draft.pull(PULL_AFTER);
      }
    }
    draft.waiting = new Waiting(null, 0, null, draft.waiting.strange());
    stale(draft);
    Moves.settle(draft);
  }

  /** Going back must not hang on the disk; whoever restarts meanwhile goes back as well. */
  private static boolean isBack(SlotDraft draft, Head head) {
    String digest = head.digest();
    Slot standby = draft.standby;
    return head.phase() == Phase.STEADY
        && (draft.active.digest().equals(digest)
            || (standby != null && standby.digest().equals(digest)));
  }

  private static void deadline(SlotDraft draft, Head head) {
    Duration within = head.confirmWithin();
    boolean isMeant =
        head.phase() == Phase.PROMOTING && head.active().equals(Heads.wanted(head, draft.node));
    draft.deadline =
        isMeant && within != null ? Long.valueOf(draft.now.nanos() + within.toNanos()) : null;
    draft.confirmBy = isMeant && within != null ? draft.now.wall().plus(within) : null;
  }

  private static String canaryOf(SlotDraft draft, Head head) {
    Generation candidate = head.candidate();
    Head.Reach reach = head.reach();
    return switch (head.phase()) {
      case STEADY -> "";
      case TRIAL ->
          candidate != null && reach != null && reach.includes(draft.node) ? candidate.ride() : "";
      case PROMOTING -> draft.canaryOf.equals(head.active().ride()) ? draft.canaryOf : "";
    };
  }

  private static void confirmed(SlotDraft draft, Configuration configuration) {
    draft.confirmed = configuration;
    Moves.settle(draft);
    Head head = draft.head();
    boolean canTell =
        head != null
            && head.phase() == Phase.STEADY
            && draft.active.generation().equals(head.active());
    if (!canTell || Moves.explains(draft, draft.active.generation())) {
      draft.believe(Moves.DOCUMENTS);
      draft.strange(new TreeMap<>());
      return;
    }
    SortedMap<String, Digests.Difference> strange =
        Digests.differences(configuration, draft.active.configuration());
    if (strange.equals(draft.waiting.strange())) {
      draft.refuse(Moves.DOCUMENTS, Refusal.WRONG_DIGEST, SlotWords.strange(strange));
    } else { // the manager may be about to write them
      draft.believe(Moves.DOCUMENTS);
      draft.strange(strange);
      draft.pull(PULL_AGAIN);
    }
  }

  private static void prepared(SlotDraft draft, String digest, int planned) {
    if (digest.equals(draft.preparing)) {
      draft.preparing = null;
    }
    Slot standby = draft.standby;
    if (standby == null || !standby.digest().equals(digest)) {
      return;
    }
    draft.standby = standby.asPrepared();
    draft.unfit = null;
    Head head = draft.head();
    Generation candidate = head == null ? null : head.candidate();
    if (candidate != null && candidate.digest().equals(digest) && !draft.trying.running()) {
      int count = draft.canaryOf.isEmpty() ? 0 : planned;
      draft.trying = new Trying(candidate, false, count, new TreeMap<>(), 0);
    }
    Moves.settle(draft);
  }

  private static void unfit(SlotDraft draft, String digest, String error) {
    if (digest.equals(draft.preparing)) {
      draft.preparing = null;
    }
    draft.unfit = new SlotState.Unfit(digest, error);
    Moves.settle(draft);
  }

  private static void shadowRan(SlotDraft draft, String digest, Shadow runs) {
    Trying trying = draft.trying;
    Generation of = trying.of();
    if (trying.running() && of != null && of.digest().equals(digest)) {
      TreeMap<String, Shadow> all = new TreeMap<>(trying.runs());
      all.put(runs.testId(), runs);
      draft.trying = new Trying(of, true, trying.planned(), all, trying.crashes());
    }
  }

  private static void executorFailed(SlotDraft draft, String digest, String error) {
    Head head = draft.head();
    boolean isTried = draft.trying.running() && isOf(draft.trying.of(), digest);
    boolean isUnconfirmed =
        head != null && Moves.isUnconfirmed(draft, head) && draft.active.digest().equals(digest);
    if (isTried || isUnconfirmed) {
      failed(draft, digest, error);
      Moves.settle(draft);
    }
  }

  /** The candidate, or what runs unconfirmed, crashed the executor. */
  private static void failed(SlotDraft draft, String digest, String error) {
    Head head = draft.head();
    if (head == null) {
      return;
    }
    Generation of = isOf(head.candidate(), digest) ? head.candidate() : head.active();
    if (of == null || !of.digest().equals(digest) || head.phase() == Phase.STEADY) {
      return;
    }
    Trying was = draft.trying;
    boolean same = of.equals(was.of());
    draft.trying =
        new Trying(
            of,
            was.running(),
            same ? was.planned() : 0,
            same ? was.runs() : new TreeMap<>(),
            (same ? was.crashes() : 0) + 1);
    if (Moves.isUnconfirmed(draft, head)) {
      Moves.goBack(draft, head, error);
    } else {
      draft.markBad(of, error);
    }
  }

  private static boolean isOf(@Nullable Generation generation, String digest) {
    return generation != null && generation.digest().equals(digest);
  }

  private static void feed(SlotDraft draft, @Nullable String lost) {
    Instant since = draft.hearing.lostSince();
    boolean stale = draft.hearing.stale();
    draft.hearing =
        new Hearing(lost == null ? null : since == null ? draft.now.wall() : since, stale);
    stale(draft);
  }

  private static void reserve(SlotDraft draft) {
    if (draft.number + RESERVE / 2 >= draft.reserved) {
      draft.reserved = draft.number + RESERVE;
    }
  }

  private static void passed(SlotDraft draft) {
    Head head = draft.head();
    Long deadline = draft.deadline;
    boolean isOver = deadline != null && draft.now.isAt(deadline);
    if (head != null && isOver) {
      if (Moves.isUnconfirmed(draft, head)) {
        Moves.goBack(draft, head, SlotWords.unconfirmed(head));
      } else {
        draft.deadline = null;
        draft.confirmBy = null;
        draft.markBad(head.active(), SlotWords.tooSlow(head));
      }
    }
    Moment since = draft.waiting.since();
    Moment nextPull = draft.waiting.nextPull();
    boolean isDue =
        (since != null && draft.now.since(since).compareTo(GRACE) >= 0)
            || (nextPull != null && draft.now.isAt(nextPull.nanos()));
    if (isOver || isDue) {
      Moves.settle(draft);
    }
    stale(draft);
  }

  private static void stale(SlotDraft draft) {
    Head head = draft.head();
    if (head == null) {
      return;
    }
    Instant lost = draft.hearing.lostSince();
    boolean isLost = lost != null && !draft.now.wall().isBefore(lost.plus(STALE));
    boolean stale = isLost || Heads.isExpired(head, draft.now.wall());
    if (stale != draft.hearing.stale()) {
      draft.hearing = new Hearing(lost, stale);
      draft.alarm(
          stale
              ? SlotWords.stale(head, lost, draft.now.wall())
              : "the configuration is up to date again");
    }
  }
}
