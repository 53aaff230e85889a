package dev.jiggety.desktop.view.incidents;

import dev.jiggety.desktop.fx.Texts;
import dev.jiggety.desktop.widget.Ages;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Policy;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.notice.Selections;
import dev.jiggety.model.rules.notice.TellingTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Why an incident is one, and why somebody was told of it or nobody was, in plain words. Pure. */
final class Why {
  /** Later than that is late. */
  private static final Duration AT_ONCE = Duration.ofMinutes(2);

  private final Texts texts;
  private final Ages ages;

  Why(Texts texts, Ages ages) {
    this.texts = texts;
    this.ages = ages;
  }

  /**
   * The sentences.
   *
   * @param notices who was told of it and who was not
   * @param policies those in force; empty where they are not known
   * @param tags those of a test, by its id
   */
  List<String> lines(
      Incident incident,
      List<Notice> notices,
      Optional<List<Policy>> policies,
      Function<String, Set<String>> tags,
      Instant now) {
    List<String> lines = new ArrayList<>();
    cause(incident, lines);
    timing(incident, lines);
    if (incident.suppressed() != null) {
      lines.add(
          texts.get(
              "why.suppressed." + incident.suppressed().reason().name(),
              incident.suppressed().text()));
    }
    told(incident, notices, lines, now);
    policies.ifPresent(all -> rules(incident, notices, all, tags, lines, now));
    if (incident.acknowledged() != null && incident.isOpen()) {
      lines.add(texts.get("why.acknowledged", incident.acknowledged().by()));
    }
    return List.copyOf(lines);
  }

  private void cause(Incident incident, List<String> lines) {
    Set<String> against = new TreeSet<>();
    Set<String> fine = new TreeSet<>();
    Set<String> cannotTell = new TreeSet<>();
    for (Incident.Witness witness : incident.witnesses()) {
      if (witness.at().isAfter(incident.detected())) {
        continue; // a later word
      }
      Set<String> side =
          witness.verdict() == Verdict.UP
              ? fine
              : witness.verdict() == Verdict.UNKNOWN ? cannotTell : against;
      side.add(witness.node());
    }
    if (!against.isEmpty()) {
      lines.add(
          texts.get(
              "why.votes",
              against.size(),
              String.join(", ", against),
              fine.size(),
              fine.isEmpty() ? "" : String.join(", ", fine)));
    }
    if (!cannotTell.isEmpty()) {
      lines.add(texts.get("why.cannotTell", String.join(", ", cannotTell)));
    }
  }

  private void timing(Incident incident, List<String> lines) {
    Duration late = Duration.between(incident.began(), incident.detected());
    lines.add(
        texts.get(
            late.compareTo(AT_ONCE) > 0 ? "why.late" : "why.known",
            ages.length(Math.max(0, late.toSeconds()))));
    if (incident.began().equals(incident.ended())) {
      lines.add(texts.get("why.neverWas"));
    } else if (isCorrected(incident)) {
      lines.add(texts.get("why.corrected"));
    }
  }

  private void told(Incident incident, List<Notice> notices, List<String> lines, Instant now) {
    for (Notice notice : notices) {
      String policy = notice.policy();
      switch (notice.state()) {
        case SENT ->
            lines.add(
                texts.get(
                    "why.told",
                    notice.channel(),
                    notice.sent() == null ? "" : ages.time(notice.sent(), now),
                    policy,
                    reason(notice, incident)));
        case WITHHELD ->
            lines.add(texts.get("why.withheld", notice.channel(), policy, notice.text()));
        case FAILED -> lines.add(texts.get("why.failed", notice.channel(), notice.text()));
        case QUEUED, SENDING ->
            lines.add(
                texts.get(
                    "why.waits",
                    notice.channel(),
                    ages.time(notice.due(), now),
                    notice.text().isEmpty() ? reason(notice, incident) : notice.text()));
      }
    }
  }

  /** What the policies in force say where nobody was told. */
  private void rules(
      Incident incident,
      List<Notice> notices,
      List<Policy> policies,
      Function<String, Set<String>> tags,
      List<String> lines,
      Instant now) {
    if (!notices.isEmpty()) {
      return;
    }
    if (policies.isEmpty()) {
      lines.add(texts.get("why.noPolicies"));
      return;
    }
    List<Policy> about =
        policies.stream()
            .filter(policy -> Selections.isAbout(policy.which(), incident, tags))
            .toList();
    if (about.isEmpty()) {
      lines.add(texts.get("why.noPolicy", policies.size()));
    }
    for (Policy policy : about) {
      if (!policy.active()) {
        lines.add(texts.get("why.inactive", policy.name()));
      } else if (incident.suppressed() == null && incident.isOpen()) {
        Optional<Instant> from = TellingTimes.from(policy, incident.kind(), now);
        lines.add(
            from.isEmpty()
                ? texts.get("why.never", policy.name())
                : from.get().isAfter(now)
                    ? texts.get("why.laterHours", policy.name(), ages.time(from.get(), now))
                    : texts.get("why.soon", policy.name()));
      }
    }
  }

  static boolean isCorrected(Incident incident) {
    return incident.trail().stream().anyMatch(entry -> entry.event().equals("corrected"));
  }

  private String reason(Notice notice, Incident incident) {
    return notice.items().stream()
        .filter(item -> item.incident().equals(incident.id()))
        .findFirst()
        .map(item -> texts.get("notice.reason." + item.reason().name()))
        .orElse("");
  }
}
