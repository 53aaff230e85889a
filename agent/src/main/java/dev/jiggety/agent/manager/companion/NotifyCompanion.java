package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.notify.Notifier;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.notify.Sources;
import dev.jiggety.agent.notify.Term;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.Instant;

/** Tells people of incidents while the manager is the active one. */
final class NotifyCompanion implements Companion {
  private final Sources sources;
  private final NotifySettings settings;

  NotifyCompanion(CouchRepositories hub, NotifySettings settings) {
    this.sources = new Sources(hub.incidents(), hub.notices(), hub.configuration(), hub.results());
    this.settings = settings;
  }

  @Override
  public String name() {
    return "notices";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return Notifier.begin(sources, new OfTurn(turn), settings);
  }

  private record OfTurn(Turn turn) implements Term {
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
