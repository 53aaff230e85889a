package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.trial.CouchTrialBoard;
import dev.jiggety.agent.trial.TrialDesk;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import java.time.Instant;

/** Passes requests to try a test on to nodes while its manager is the active one. */
final class Trials implements Companion {
  private final Hub hub;
  private final DatabaseNames names;

  Trials(Hub hub, DatabaseNames names) {
    this.hub = hub;
    this.names = names;
  }

  @Override
  public String name() {
    return "trials";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return TrialDesk.begin(new CouchTrialBoard(hub, names), new TermOf(turn));
  }

  /** A turn as the part sees it. */
  private record TermOf(Turn turn) implements TrialDesk.TrialTerm {
    @Override
    public boolean isOver() {
      return turn.isOver();
    }

    @Override
    public Instant now() {
      return turn.now();
    }

    @Override
    public void says(String text) {
      turn.says(text);
    }

    @Override
    public void trouble(String about, String text) {
      turn.trouble(about, text);
    }

    @Override
    public void fine(String about) {
      turn.fine(about);
    }
  }
}
