package dev.jiggety.desktop.session;

import dev.jiggety.repository.HealthRepository;
import dev.jiggety.repository.HistoryRepository;
import dev.jiggety.repository.HubFeed;
import dev.jiggety.repository.IncidentRepository;
import dev.jiggety.repository.NodeRepository;
import dev.jiggety.repository.NoticeRepository;
import dev.jiggety.repository.PatchRepository;
import dev.jiggety.repository.ResultRepository;
import dev.jiggety.repository.TestRepository;
import dev.jiggety.repository.TrialRepository;

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

  HubFeed feed();

  @Override
  void close();
}
