package dev.jiggety.agent.manager.couch;

import dev.jiggety.agent.manager.Boards;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;

/** The boards of a manager on a hub. */
public final class CouchBoards {
  private CouchBoards() {}

  /** The boards of a hub; nothing is sent yet. */
  public static Boards on(Hub hub, DatabaseNames names) {
    return new Boards(
        new CouchPatchBoard(hub, names),
        new CouchConfigBoard(hub, names),
        new CouchFleet(hub, names));
  }
}
