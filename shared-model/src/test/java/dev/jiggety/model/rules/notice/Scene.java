package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Notice.State;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Hours;
import dev.jiggety.model.Policy.Limit;
import dev.jiggety.model.Policy.Quiet;
import dev.jiggety.model.Policy.Selection;
import dev.jiggety.model.Policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Incidents, policies and notices in the course of a time that a test moves. */
final class Scene {
  /** A Sunday. */
  static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  final Map<String, Incident> incidents = new LinkedHashMap<>();
  final Map<String, List<IncidentAct>> acts = new HashMap<>();
  final Map<String, Policy> policies = new LinkedHashMap<>();
  final Map<String, Set<String>> tags = new HashMap<>();
  final Map<String, Notice> notices = new LinkedHashMap<>();
  Instant now = START;
  Optional<Instant> lookAgain = Optional.empty();

  static Policy policy(Step... steps) {
    return new Policy(
        "ops",
        "Operations",
        true,
        Selection.ALL,
        List.of(steps),
        null,
        Duration.ofSeconds(10),
        Limit.DEFAULT,
        List.of(),
        List.of(),
        true);
  }

  static Step step(String after, String... channels) {
    return new Step(dev.jiggety.base.Durations.parse(after), List.of(channels));
  }

  static Policy with(Policy policy, @Nullable Duration remind, Duration group, Limit limit) {
    return new Policy(
        policy.id(),
        policy.name(),
        policy.active(),
        policy.which(),
        policy.steps(),
        remind,
        group,
        limit,
        policy.hours(),
        policy.quiet(),
        policy.resolved());
  }

  static Policy with(Policy policy, List<Hours> hours, List<Quiet> quiet) {
    return new Policy(
        policy.id(),
        policy.name(),
        policy.active(),
        policy.which(),
        policy.steps(),
        policy.remind(),
        policy.group(),
        policy.limit(),
        hours,
        quiet,
        policy.resolved());
  }

  static Policy with(Policy policy, String id, Selection which) {
    return new Policy(
        id,
        policy.name(),
        policy.active(),
        which,
        policy.steps(),
        policy.remind(),
        policy.group(),
        policy.limit(),
        policy.hours(),
        policy.quiet(),
        policy.resolved());
  }

  Scene follow(Policy policy) {
    policies.put(policy.id(), policy);
    return this;
  }

  /** A new incident, detected now. */
  String open(String subject, Kind kind) {
    String id = NoticeIds.from(now).replace("notice", "incident") + ":" + kind + ":" + subject;
    incidents.put(
        id,
        new Incident(
            id,
            kind,
            subject,
            now.minusSeconds(30),
            now,
            null,
            null,
            subject + " is " + kind,
            List.of(),
            null,
            null,
            List.of()));
    return id;
  }

  void change(String id, UnaryOperator<Incident> how) {
    incidents.computeIfPresent(id, (same, incident) -> how.apply(incident));
  }

  void resolve(String id) {
    change(
        id,
        i ->
            new Incident(
                i.id(),
                i.kind(),
                i.subject(),
                i.began(),
                i.detected(),
                now.minusSeconds(5),
                now,
                i.text(),
                i.witnesses(),
                i.suppressed(),
                i.acknowledged(),
                i.trail()));
  }

  /** Late results say that it lasts. */
  void reopen(String id) {
    change(
        id,
        i ->
            new Incident(
                i.id(),
                i.kind(),
                i.subject(),
                i.began(),
                i.detected(),
                null,
                null,
                i.text(),
                i.witnesses(),
                i.suppressed(),
                i.acknowledged(),
                List.of(new Incident.Entry(now, "corrected", "manager", "it lasts"))));
  }

  void suppress(String id, @Nullable Suppression suppression) {
    change(
        id,
        i ->
            new Incident(
                i.id(),
                i.kind(),
                i.subject(),
                i.began(),
                i.detected(),
                i.ended(),
                i.resolved(),
                i.text(),
                i.witnesses(),
                suppression,
                i.acknowledged(),
                i.trail()));
  }

  void worsen(String id, Kind kind) {
    change(
        id,
        i ->
            new Incident(
                i.id(),
                kind,
                i.subject(),
                i.began(),
                i.detected(),
                i.ended(),
                i.resolved(),
                i.text(),
                i.witnesses(),
                i.suppressed(),
                i.acknowledged(),
                List.of(new Incident.Entry(now, "changed", "manager", ""))));
  }

  void say(String id, Act act, String by) {
    acts.computeIfAbsent(id, key -> new ArrayList<>())
        .add(new IncidentAct(by + acts.size(), id, act, by, "", now));
  }

  Scene pass(String time) {
    return until(now.plus(dev.jiggety.base.Durations.parse(time)));
  }

  /** Lets time pass, looking when there is something to look at. */
  Scene until(Instant end) {
    look();
    while (lookAgain.isPresent() && !lookAgain.get().isAfter(end)) {
      now = lookAgain.get();
      look();
    }
    now = end;
    look();
    return this;
  }

  /** What is due is made, and sent at once. */
  void look() {
    NoticePlan plan = plan();
    while (!plan.due().isEmpty()) {
      make(plan.due());
      plan = plan();
    }
    lookAgain = plan.lookAgain();
    if (lookAgain.isPresent() && !lookAgain.get().isAfter(now)) {
      throw new AssertionError("wants to look again at " + lookAgain.get() + ", it is " + now);
    }
  }

  private void make(List<Notice> due) {
    for (Notice notice : due) {
      if (notices.put(notice.id(), sent(notice)) != null) {
        throw new AssertionError(notice.id() + " was there already");
      }
    }
  }

  NoticePlan plan() {
    return NoticeRules.plan(
        new Situation(
            List.copyOf(incidents.values()),
            id -> acts.getOrDefault(id, List.of()),
            policies.values(),
            id -> tags.getOrDefault(id, Set.of()),
            List.copyOf(notices.values()),
            now,
            1));
  }

  private static Notice sent(Notice notice) {
    return notice.state() == State.QUEUED
        ? notice.claimed(1, notice.created()).sent("ok", "", notice.created())
        : notice;
  }

  /** What was told or withheld so far, in short: time, channel, reason, subjects. */
  List<String> story() {
    return notices.values().stream().map(this::line).toList();
  }

  private String line(Notice notice) {
    String items = "";
    for (Item item : notice.items()) {
      Incident incident = incidents.get(item.incident());
      items +=
          " "
              + (item.reason() == notice.reason() ? "" : item.reason().label() + " ")
              + (incident == null ? item.incident() : incident.subject())
              + (item.number() == 0 ? "" : " " + item.number());
    }
    String state = notice.state() == State.WITHHELD ? " withheld (" + notice.text() + ")" : "";
    String reason = notice.reason() == Reason.OPENED ? "opened" : notice.reason().label();
    return Duration.between(START, notice.created()).toSeconds()
        + "s "
        + notice.channel()
        + " "
        + reason
        + items
        + state;
  }
}
