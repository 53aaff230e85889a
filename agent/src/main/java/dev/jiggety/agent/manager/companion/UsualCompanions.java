package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import java.util.List;

/** What every manager does besides. */
public final class UsualCompanions {
  private UsualCompanions() {}

  /** The companions of a manager; nothing is sent yet. */
  public static List<Companion> on(Hub hub, DatabaseNames names) {
    return List.of(new Incidents(hub, names));
  }
}
