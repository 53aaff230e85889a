package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.incident.IncidentWatch;
import dev.jiggety.agent.incident.Sources;
import dev.jiggety.agent.incident.Term;
import dev.jiggety.agent.manager.Companion;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Instant;

/** Decides on incidents while its manager is the active one. */
final class Incidents implements Companion {
  private final Sources sources;

  Incidents(Hub hub, DatabaseNames names) {
    CouchRepositories repositories = new CouchRepositories(hub, names);
    this.sources =
        new Sources(
            repositories.feed(),
            repositories.nodes(),
            repositories.results(),
            repositories.incidents());
  }

  @Override
  public String name() {
    return "incidents";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return IncidentWatch.start(sources, new TermOf(turn));
  }

  /** A turn as the part sees it. */
  private record TermOf(Turn turn) implements Term {
    @Override
    public long epoch() {
      return turn.epoch();
    }

    @Override
    public boolean isOver() {
      return turn.isOver();
    }

    @Override
    public Instant now() {
      return turn.now();
    }

    @Override
    public String by() {
      return "manager:" + turn.manager();
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
