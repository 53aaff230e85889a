package dev.jiggety.agent.hub;

import dev.jiggety.agent.replication.PeerException;
import dev.jiggety.agent.replication.StoreGate;
import dev.jiggety.agent.replication.WireDocument;
import dev.jiggety.agent.store.DocumentStore;
import dev.jiggety.agent.store.DocumentWrite;
import dev.jiggety.agent.store.InvalidDocumentException;
import dev.jiggety.agent.store.WriteOutcome;
import java.util.List;

/**
 * A user's rights on what the hub replicates for that user: the same {@link Rights} and {@link
 * Writes} that stand before every route.
 */
final class UserGate implements StoreGate {
  private final UserContext user;
  private final Rights rights;
  private final Writes writes;

  UserGate(UserContext user, Rights rights, Writes writes) {
    this.user = user;
    this.rights = rights;
    this.writes = writes;
  }

  @Override
  public void enter(DocumentStore store) {
    try {
      rights.checkDatabase(Access.MEMBER, user, store);
    } catch (CouchError e) {
      throw new PeerException(PeerException.Kind.DENIED, store.name(), e.reason());
    }
  }

  @Override
  public DocumentWrite admit(DocumentStore store, WireDocument document) {
    try {
      return writes.check(user, store, document.json().deepCopy());
    } catch (CouchError e) {
      throw new InvalidDocumentException(e.error(), e.reason());
    }
  }

  @Override
  public List<WriteOutcome> write(DocumentStore store, List<DocumentWrite> documents) {
    return writes.store(user, store, documents, false);
  }
}
