package dev.jiggety.agent.manager.companion;

import dev.jiggety.agent.manager.Companion;
import dev.jiggety.agent.secret.CouchSecretBoard;
import dev.jiggety.agent.secret.ManagerSecrets;
import dev.jiggety.agent.secret.SecretDesk;
import dev.jiggety.agent.secret.SecretTerm;
import dev.jiggety.couch.Hub;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.signing.SealingKey;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Keeps secrets sealed to those who need them while its manager is the active one.
 *
 * @param sealing what secrets for this manager are sealed to
 * @param known learns them, for channels
 * @param data the manager's data folder
 */
record SecretsCompanion(
    Hub hub, DatabaseNames names, SealingKey sealing, ManagerSecrets known, Path data)
    implements Companion {
  /** How far each member was. */
  private static final String MEMBERS = "members.json";

  @Override
  public String name() {
    return "secrets";
  }

  @Override
  public AutoCloseable begin(Turn turn) {
    return SecretDesk.begin(
        new CouchSecretBoard(hub, names), new OfTurn(turn), sealing, known, data.resolve(MEMBERS));
  }

  private record OfTurn(Turn turn) implements SecretTerm {
    @Override
    public boolean isOver() {
      return turn.isOver();
    }

    @Override
    public Instant now() {
      return turn.now();
    }

    @Override
    public SigningKey key() {
      return turn.key();
    }

    @Override
    public Trust trust() {
      return turn.trust();
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
