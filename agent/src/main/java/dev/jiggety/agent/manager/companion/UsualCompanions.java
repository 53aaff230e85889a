package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.CouchRepositories;
import java.time.InstantSource;
import java.util.List;

/**
 * What every manager does besides.
 *
 * @param notices what telling people needs of the machine
 */
public record UsualCompanions(NotifySettings notices) implements Companion.Factory {

  @Override
  public List<Companion> on(Hub hub, DatabaseNames names) {
    CouchRepositories repositories = new CouchRepositories(hub, names);
    return List.of(
        new Incidents(hub, names),
        new NotifyCompanion(repositories, notices),
        new Trials(hub, names),
        new RetentionCompanion(hub, names, InstantSource.system()));
  }
}
