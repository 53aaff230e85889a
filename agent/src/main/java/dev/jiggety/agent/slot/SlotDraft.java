package dev.jiggety.agent.slot;

import dev.jiggety.agent.slot.SlotState.Followed;
import dev.jiggety.agent.slot.SlotState.Hearing;
import dev.jiggety.agent.slot.SlotState.Kept;
import dev.jiggety.agent.slot.SlotState.KnownBad;
import dev.jiggety.agent.slot.SlotState.Proposal;
import dev.jiggety.agent.slot.SlotState.Refused;
import dev.jiggety.agent.slot.SlotState.Standing;
import dev.jiggety.agent.slot.SlotState.Trial;
import dev.jiggety.agent.slot.SlotState.Trying;
import dev.jiggety.agent.slot.SlotState.Unfit;
import dev.jiggety.agent.slot.SlotState.Waiting;
import dev.jiggety.model.Configuration;
import dev.jiggety.model.Generation;
import dev.jiggety.model.Head;
import dev.jiggety.model.SlotReport;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.Digests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The slots while an event is worked in, and what has to be done about it. For one event. */
final class SlotDraft {
  /** More than that is forgotten, the oldest first. */
  private static final int MOST_KNOWN_BAD = 64;

  final SlotState before;
  final String node;
  final Moment now;

  @Nullable Followed followed;
  Slot active;
  @Nullable Slot standby;
  @Nullable Instant confirmBy;
  String canaryOf;
  @Nullable Trial trial;
  long reserved;
  List<TrustedKey> pins;

  @Nullable Long deadline;
  @Nullable Proposal proposal;
  @Nullable Configuration confirmed;
  @Nullable Generation target;
  SlotReport.Stage stage;
  @Nullable String error;
  @Nullable String preparing;
  @Nullable Unfit unfit;
  Trying trying;
  Waiting waiting;
  long number;
  Hearing hearing;

  boolean required;
  private final List<KnownBad> knownBad;
  private final TreeMap<String, Refused> refused;
  private final List<String> alarms = new ArrayList<>();
  private @Nullable Slot swap;
  private @Nullable Generation watch;
  private SlotEffect.@Nullable Prepare prepare;
  private SlotEffect.@Nullable StartShadow start;
  private @Nullable Duration pull;
  private boolean stops;
  private boolean reports;

  SlotDraft(SlotState before, Moment now) {
    this.before = before;
    this.node = before.node();
    this.now = now;
    Kept kept = before.kept();
    followed = kept.head();
    active = kept.active();
    standby = kept.standby();
    confirmBy = kept.confirmBy();
    knownBad = new ArrayList<>(kept.knownBad());
    canaryOf = kept.canaryOf();
    trial = kept.trial();
    reserved = kept.reserved();
    pins = kept.pins();
    deadline = before.deadline();
    proposal = before.proposal();
    confirmed = before.confirmed();
    target = before.standing().target();
    stage = before.standing().stage();
    error = before.standing().error();
    preparing = before.standing().preparing();
    unfit = before.standing().unfit();
    trying = before.trying();
    waiting = before.waiting();
    number = before.number();
    refused = new TreeMap<>(before.refused());
    hearing = before.hearing();
  }

  @Nullable Head head() {
    return followed == null ? null : followed.head();
  }

  void standing(@Nullable Generation of, SlotReport.Stage how, @Nullable String why) {
    target = of;
    stage = how;
    error = why;
  }

  void swap(Slot to) {
    swap = to;
  }

  void watch(Generation candidate) {
    watch = candidate;
  }

  /** Asks for it once. */
  void prepare(Slot slot, boolean strict) {
    if (!slot.digest().equals(preparing)) {
      preparing = slot.digest();
      prepare = new SlotEffect.Prepare(slot, strict);
    }
  }

  void startShadow(Slot candidate) {
    start = new SlotEffect.StartShadow(candidate);
  }

  void stopShadow() {
    stops = true;
  }

  void pull(Duration within) {
    pull = within;
  }

  void report() {
    reports = true;
  }

  void alarm(String text) {
    alarms.add(text);
  }

  /** Notes why something is not followed; people are told once. */
  void refuse(String what, Refusal why, String text) {
    Refused known = refused.get(what);
    if (known == null || known.why() != why || !known.text().equals(text)) {
      refused.put(what, new Refused(why, text, now.wall()));
      alarms.add(why.label() + ": " + text);
    }
  }

  @Nullable Refused refused(String what) {
    return refused.get(what);
  }

  void believe(String what) {
    refused.remove(what);
  }

  void markBad(Generation generation, String reason) {
    if (knownBad(generation) == null) {
      knownBad.add(new KnownBad(generation.ride(), generation.digest(), reason));
      if (knownBad.size() > MOST_KNOWN_BAD) {
        knownBad.removeFirst();
      }
    }
  }

  @Nullable KnownBad knownBad(Generation generation) {
    for (KnownBad bad : knownBad) {
      if (bad.ride().equals(generation.ride()) && bad.digest().equals(generation.digest())) {
        return bad;
      }
    }
    return null;
  }

  void strange(SortedMap<String, Digests.Difference> documents) {
    waiting = new Waiting(waiting.since(), waiting.pulls(), waiting.nextPull(), documents);
  }

  /** What comes of it. */
  Slots.Step done() {
    SlotState after =
        new SlotState(
            node,
            new Kept(
                followed, active, standby, confirmBy, knownBad, canaryOf, trial, reserved, pins),
            deadline,
            proposal,
            confirmed,
            new Standing(target, stage, error, preparing, unfit),
            trying,
            waiting,
            number,
            refused,
            hearing);
    List<SlotEffect> effects = new ArrayList<>();
    if (!after.kept().equals(before.kept())) {
      effects.add(new SlotEffect.Persist(required));
    }
    if (stops) {
      effects.add(new SlotEffect.StopShadow());
    }
    add(effects, swap == null ? null : new SlotEffect.Swap(swap));
    add(effects, watch == null ? null : new SlotEffect.Watch(watch));
    add(effects, prepare);
    add(effects, start);
    add(effects, pull == null ? null : new SlotEffect.Pull(pull));
    alarms.forEach(text -> effects.add(new SlotEffect.Alarm(text)));
    if (reports || saysOtherwise(after)) {
      effects.add(new SlotEffect.Report(reportWithin(after)));
    }
    return new Slots.Step(after, effects);
  }

  private static void add(List<SlotEffect> effects, @Nullable SlotEffect effect) {
    if (effect != null) {
      effects.add(effect);
    }
  }

  /** Whether a report would say something else than the last one. */
  private boolean saysOtherwise(SlotState after) {
    Standing was = before.standing();
    return followed != null
        && !(before.kept().head() != null
            && active.generation().equals(before.active().generation())
            && Objects.equals(target, was.target())
            && stage == was.stage()
            && Objects.equals(error, was.error())
            && trying.planned() == before.trying().planned()
            && trying.crashes() == before.trying().crashes()
            && trying.runs().equals(before.trying().runs())
            && after.isCanary() == before.isCanary());
  }

  /** A canary is waited for, also for what it says last; of the others nobody knows the order. */
  private Duration reportWithin(SlotState after) {
    Head head = head();
    return head == null || after.isCanary() || before.isCanary()
        ? Duration.ZERO
        : head.reportWithin();
  }
}
