package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.secret.ManagerSecrets;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.SealingKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * What every manager does besides.
 *
 * @param notices what telling people needs of the machine
 */
public record UsualCompanions(NotifySettings notices) implements Companion.Factory {

  @Override
  public List<Companion> on(Hub hub, DatabaseNames names, SealingKey sealing, Path data) {
    CouchRepositories repositories = new CouchRepositories(hub, names);
    ManagerSecrets secrets = new ManagerSecrets(notices.secrets());
    return List.of(
        new SecretsCompanion(hub, names, sealing, secrets, data),
        new Incidents(hub, names),
        new NotifyCompanion(repositories, notices.withSecrets(secrets)),
        new Trials(hub, names),
        new Enrolments(hub, names),
        new RetentionCompanion(hub, names, InstantSource.system()));
  }
}
