package dev.jiggety.desktop.session;

import dev.jiggety.couch.HubAddress;
import dev.jiggety.repository.EnrolmentRepository;
import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.LogRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.SecretRepository;
import dev.jiggety.repository.TestRepository;
import dev.jiggety.repository.TrialRepository;
import java.util.Optional;

/** A hub by its ports. All of them may block: never call them on the FX thread. */
public interface HubConnection extends AutoCloseable {
  TestRepository tests();

  PatchRepository patches();

  ResultRepository results();

  NodeRepository nodes();

  HistoryRepository history();

  IncidentRepository incidents();

  NoticeRepository notices();

  HealthRepository health();

  TrialRepository trials();

  EnrolmentRepository enrolment();

  SecretRepository secrets();

  LogRepository logs();

  /**
   * The SHA-256 of the certificate that nodes are to go by there; empty where they need none.
   *
   * @throws dev.jiggety.repository.HubException when the hub shows none
   */
  Optional<String> pin(HubAddress hub);

  HubFeed feed();

  /** Where the hub is that is spoken to at the moment; does not block. */
  default String hub() {
    return "";
  }

  @Override
  void close();
}
