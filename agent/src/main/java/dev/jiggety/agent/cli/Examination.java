package dev.jiggety.agent.cli;

import dev.jiggety.couch.Hub;
import dev.jiggety.model.Engine;
import dev.jiggety.repository.couch.CouchRepositories;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the doctor looks at, in the order in which trouble is usually found. */
final class Examination {

  /**
   * What there is on this machine.
   *
   * @param data a data folder; null for none
   * @param node the name of the node here; null for none
   * @param secrets the folder with its secrets; null for the usual one
   */
  record Place(@Nullable Path data, @Nullable String node, @Nullable Path secrets) {}

  private Examination() {}

  static List<Finding> of(HubOption option, Place place, Instant now) {
    Findings findings = new Findings();
    findings.good("program", new Version().getVersion()[0]);
    MachineExamination machine = new MachineExamination(findings);
    if (place.data() != null) {
      machine.folder(place.data());
    }
    machine.secrets(place);
    Set<Engine> engines = machine.workers();
    try (Hub hub = option.open()) {
      HubExamination examination = new HubExamination(findings, hub, option.names(), now);
      if (examination.isOpen()) {
        examination.databases();
        new FleetExamination(findings, new CouchRepositories(hub, option.names()), now)
            .look(place.node(), engines);
        examination.channels();
      }
    }
    return findings.all();
  }
}
