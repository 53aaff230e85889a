package dev.jiggety.desktop.view.incidents;

import dev.jiggety.document.Stored;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Run;
import dev.jiggety.model.Verdict;
import dev.jiggety.model.rules.incident.Word;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.ResultRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a witness saw: its run with everything that was measured, as far as it is still kept.
 *
 * @param node who
 * @param at when, put right by its clock
 * @param batch the document that holds it
 */
public record Seen(String node, Instant at, String batch, Run run) {
  private static final int MOST = 6;

  /** The runs of those that spoke against it, the last of each node first. Asks the hub. */
  static List<Seen> of(Incident incident, ResultRepository results) {
    List<Seen> seen = new ArrayList<>();
    if (incident.kind() == Incident.Kind.NODE) {
      return seen;
    }
    for (Incident.Witness witness : incident.witnesses().reversed()) {
      boolean isFirst = seen.stream().noneMatch(it -> it.node().equals(witness.node()));
      if (witness.verdict() != Verdict.UP && isFirst && seen.size() < MOST) {
        batch(witness, results)
            .flatMap(batch -> runOf(batch, incident.subject(), witness))
            .ifPresent(
                run -> seen.add(new Seen(witness.node(), witness.at(), witness.batch(), run)));
      }
    }
    return List.copyOf(seen);
  }

  /** Who was told of an incident and who was not. Asks the hub. */
  static List<Notice> notices(String incident, NoticeRepository notices, Instant from, Instant to) {
    return notices.between(from, to).stream()
        .map(Stored::value)
        .filter(it -> it.items().stream().anyMatch(item -> item.incident().equals(incident)))
        .toList();
  }

  private static Optional<Batch> batch(Incident.Witness witness, ResultRepository results) {
    try {
      return results.find(witness.batch());
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no id of a batch: what it saw is not kept
    }
  }

  private static Optional<Run> runOf(Batch batch, String test, Incident.Witness witness) {
    return batch.runs().stream()
        .filter(run -> run.testId().equals(test))
        .filter(run ->
            Word.of(witness.batch(), batch.clock(), run).start().toEpochMilli()
                == witness.at().toEpochMilli())
        .findFirst();
  }
}
