package dev.jiggety.agent.notify;

import dev.jiggety.model.Batch;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.repository.ConfigurationFeed;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.ResultRepository;
import java.util.Objects;
import java.util.Optional;

/** What notices are made of, and where they are kept. */
public record Sources(
    IncidentRepository incidents,
    NoticeRepository notices,
    ConfigurationFeed configuration,
    ResultRepository results) {

  /** The beginning of what a site answered to a node; empty where it is not known, or not now. */
  Optional<String> response(Incident incident, Incident.Witness witness) {
    if (witness.batch().isEmpty() || witness.failure() == null) {
      return Optional.empty();
    }
    try {
      return results.find(witness.batch()).flatMap(batch -> response(batch, incident, witness));
    } catch (HubException | IllegalArgumentException e) {
      return Optional.empty(); // a notice without it is better than none
    }
  }

  private static Optional<String> response(
      Batch batch, Incident incident, Incident.Witness witness) {
    return batch.runs().stream()
        .filter(run -> run.testId().equals(incident.subject()))
        .filter(run -> run.startedAt().equals(witness.at()))
        .map(Run::samples)
        .flatMap(samples -> samples.stream().map(Sample::findings))
        .map(findings -> findings.evidence())
        .filter(Objects::nonNull)
        .map(Evidence::body)
        .filter(body -> !body.isBlank())
        .findFirst();
  }
}
