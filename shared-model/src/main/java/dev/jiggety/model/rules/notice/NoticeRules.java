package dev.jiggety.model.rules.notice;

import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Suppression;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.IncidentAct.Act;
import dev.jiggety.model.Notice.Item;
import dev.jiggety.model.Notice.Reason;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Policy.Step;
import dev.jiggety.model.rules.notice.ToldBefore.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is told what now. Pure: the same situation gives the same notices, with the same ids, so two
 * managers or a restart cannot tell anything twice; each item is told once for each step and
 * channel, whenever it is asked and however often.
 *
 * <ul>
 *   <li>A step is due its time after the incident was detected, if it is still open then.
 *   <li>What people said and what suppresses an incident withhold what is not told yet; that is
 *       recorded. When it is taken back, it is told.
 *   <li>Out of hours and in quiet times what is due waits; what is over before, is withheld.
 *   <li>How many become one message is decided in {@link Grouping}.
 * </ul>
 */
public final class NoticeRules {
  /** What was over for longer before anybody could be told, is not even recorded. */
  private static final Duration RECORDED = Duration.ofHours(1);

  private final Situation situation;
  private final Instant now;
  private final ToldBefore before;
  private final Grouping grouping;

  private NoticeRules(Situation situation) {
    this.situation = situation;
    this.now = situation.now();
    this.before = new ToldBefore(situation.notices());
    this.grouping = new Grouping(before, now, situation.epoch());
  }

  /** What follows. */
  public static NoticePlan plan(Situation situation) {
    return new NoticeRules(situation).plan();
  }

  private NoticePlan plan() {
    List<Incident> incidents =
        situation.incidents().stream()
            .sorted(Comparator.comparing(Incident::detected).thenComparing(Incident::id))
            .toList();
    situation.policies().stream()
        .filter(Policy::active)
        .sorted(Comparator.comparing(Policy::id))
        .forEach(policy -> {
          for (Incident incident : incidents) {
            if (Selections.isAbout(policy.which(), incident, situation.tags())) {
              consider(policy, incident);
            }
          }
        });
    return grouping.plan();
  }

  private void consider(Policy policy, Incident incident) {
    Said said = Said.of(situation.acts().apply(incident.id()), incident);
    String nobody = nobody(incident, said);
    Set<String> channels = new LinkedHashSet<>();
    for (int i = 0; i < policy.steps().size(); i++) {
      Step step = policy.steps().get(i);
      for (String channel : step.channels()) {
        step(new Case(policy, incident, channel), i, said, nobody);
        channels.add(channel);
      }
    }
    for (String channel : channels) {
      Case one = new Case(policy, incident, channel);
      if (incident.resolved() == null && nobody.isEmpty()) {
        after(one);
        worse(one);
        closer(one);
        if (!said.acknowledged) {
          reminder(one);
        }
      } else if (incident.resolved() != null) {
        resolved(one, said);
      }
    }
  }

  /** A policy, an incident and a channel. */
  record Case(Policy policy, Incident incident, String channel) {
    Item item(Reason reason, int step, int number) {
      return new Item(incident.id(), incident.kind(), reason, step, number);
    }
  }

  private void step(Case one, int number, Said said, String nobody) {
    Incident incident = one.incident();
    Duration after = one.policy().steps().get(number).after();
    Instant due = incident.detected().plus(after);
    List<Telling> known =
        before.of(one.policy().id(), one.channel(), incident.id()).stream()
            .filter(telling -> isOpening(telling.item()) && telling.item().step() == number)
            .toList();
    Instant resolved = incident.resolved();
    if (known.stream().anyMatch(Telling::isTold)
        || (resolved != null && after.isPositive() && !resolved.isAfter(due))) {
      return;
    }
    if (due.isAfter(now)) {
      grouping.look(due);
      return;
    }
    String why = nobody;
    if (why.isEmpty() && number > 0) {
      if (said.acknowledged) {
        why = "acknowledged by " + said.by;
      } else if (said.taken != null && said.taken.isAfter(due)) {
        due = said.taken; // nobody looks after it any more
      }
    }
    if (why.isEmpty()) {
      Optional<Instant> from = TellingTimes.from(one.policy(), incident.kind(), due);
      Instant allowed = from.orElse(Instant.MAX);
      if (from.isEmpty()) {
        why = "there are no hours of the policy any more";
      } else if (resolved != null && allowed.isAfter(due) && !resolved.isAfter(allowed)) {
        why = "it was over before the time to tell came";
      } else if (allowed.isAfter(now)) {
        grouping.look(allowed);
        return;
      } else {
        due = allowed;
      }
    }
    if (why.isEmpty() && resolved != null && grouping.isLate(one, due)) {
      why = "it was over before anybody could be told";
    }
    Item item = one.item(number == 0 ? Reason.OPENED : Reason.ESCALATION, number, 0);
    if (why.isEmpty()) {
      grouping.tell(one, item, due);
    } else if (known.isEmpty() && (resolved == null || resolved.isAfter(now.minus(RECORDED)))) {
      grouping.withhold(one, item, due, why);
    }
  }

  /** Whoever heard that it is over has to hear that it is not, as late results tell. */
  private void after(Case one) {
    Optional<Telling> over =
        before.over(one.policy().id(), one.channel(), one.incident().id()).filter(Telling::isTold);
    if (over.isPresent()) {
      Instant corrected = latest(one.incident(), "corrected").orElse(over.get().notice().created());
      tell(one, one.item(Reason.OPENED, 0, over.get().item().number() + 1), corrected);
    }
  }

  /** Of a certificate people are told at each of the days that they have chosen. */
  private void closer(Case one) {
    if (one.incident().kind() != Incident.Kind.CERTIFICATE) {
      return;
    }
    List<Telling> told =
        before.of(one.policy().id(), one.channel(), one.incident().id()).stream()
            .filter(Telling::isTold)
            .toList();
    latest(one.incident(), "changed")
        .filter(changed ->
            !told.isEmpty()
                && told.stream().allMatch(it -> it.notice().created().isBefore(changed)))
        .ifPresent(changed -> tell(one, one.item(Reason.WORSE, 0, 0), changed));
  }

  private Optional<Instant> latest(Incident incident, String event) {
    return incident.trail().stream()
        .filter(entry -> entry.event().equals(event) && !entry.at().isAfter(now))
        .map(Incident.Entry::at)
        .max(Comparator.naturalOrder());
  }

  /** As soon as the policy lets it. */
  private void tell(Case one, Item item, Instant due) {
    Optional<Instant> from = TellingTimes.from(one.policy(), one.incident().kind(), due);
    if (from.isPresent() && from.get().isAfter(now)) {
      grouping.look(from.get());
    } else if (from.isPresent()) {
      grouping.tell(one, item, from.get());
    }
  }

  /** Whoever heard that it is slow has to hear that it is down. */
  private void worse(Case one) {
    Incident incident = one.incident();
    Optional<Incident.Kind> worst = before.worst(one.policy().id(), one.channel(), incident.id());
    if (worst.isEmpty() || incident.kind().compareTo(worst.get()) <= 0) {
      return;
    }
    Instant changed = latest(incident, "changed").orElse(incident.detected());
    tell(one, one.item(Reason.WORSE, 0, 0), changed);
  }

  /** While a channel cannot be reached nobody has to be reminded; flapping is told once. */
  private void reminder(Case one) {
    Duration every = one.policy().remind();
    if (every == null || one.incident().kind() == Incident.Kind.FLAPPING) {
      return;
    }
    Instant first = null;
    int last = 0;
    for (Telling telling : before.of(one.policy().id(), one.channel(), one.incident().id())) {
      if (telling.isTold() && telling.notice().isFinal() && isOpening(telling.item())) {
        Instant due = telling.notice().due();
        first = first == null || due.isBefore(first) ? due : first;
      }
      if (telling.item().reason() == Reason.REMINDER) {
        last = Math.max(last, telling.item().number());
      }
    }
    if (first == null) {
      return;
    }
    long number = Duration.between(first, now).dividedBy(every);
    if (number > last) {
      Optional<Instant> from = TellingTimes.from(one.policy(), one.incident().kind(), now);
      if (from.isPresent() && from.get().isAfter(now)) {
        grouping.look(from.get());
        return;
      }
      if (from.isPresent()) {
        Item item = one.item(Reason.REMINDER, 0, Math.toIntExact(number));
        grouping.tell(one, item, first.plus(every.multipliedBy(number)));
      }
    }
    grouping.look(first.plus(every.multipliedBy(Math.max(number, last) + 1)));
  }

  private void resolved(Case one, Said said) {
    Instant resolved = one.incident().resolved();
    if (resolved == null || !one.policy().resolved()) {
      return;
    }
    String policy = one.policy().id();
    String id = one.incident().id();
    if (before.over(policy, one.channel(), id).isPresent()
        || before.of(policy, one.channel(), id).stream().noneMatch(Telling::isTold)) {
      return;
    }
    Item item = one.item(Reason.RESOLVED, 0, before.reopened(policy, one.channel(), id));
    if (!said.muted.isEmpty()) {
      grouping.withhold(one, item, resolved, said.muted);
      return;
    }
    tell(one, item, resolved.isAfter(now) ? now : resolved);
  }

  private static boolean isOpening(Item item) {
    return item.reason() == Reason.OPENED || item.reason() == Reason.ESCALATION;
  }

  /** Why nobody is told of an incident; empty when somebody is. */
  private static String nobody(Incident incident, Said said) {
    Suppression suppression = incident.suppressed();
    if (!said.muted.isEmpty()) {
      return said.muted;
    }
    return suppression == null
        ? ""
        : suppression.reason().label()
            + (suppression.text().isEmpty() ? "" : ": " + suppression.text());
  }

  /**
   * What people said of an incident.
   *
   * @param by who acknowledged it
   * @param taken when an acknowledgement was taken back; null when none was
   * @param muted why nobody is to be told; empty where nobody said so
   */
  private record Said(boolean acknowledged, String by, @Nullable Instant taken, String muted) {
    static Said of(List<IncidentAct> acts, Incident incident) {
      Incident.Acknowledgement known = incident.acknowledged();
      boolean acknowledged = known != null;
      String by = known == null ? "" : known.by();
      Instant taken = null;
      String muted = "";
      for (IncidentAct act : acts) {
        if (act.act() == Act.ACKNOWLEDGE) {
          acknowledged = true;
          by = act.by();
        } else if (act.act() == Act.UNACKNOWLEDGE) {
          acknowledged = false;
          taken = act.at();
        } else if (act.act() == Act.MUTE) {
          muted = "muted by " + act.by() + (act.text().isEmpty() ? "" : ": " + act.text());
        }
      }
      return new Said(acknowledged, by, taken, muted);
    }
  }
}
