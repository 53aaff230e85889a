package dev.jiggety.agent.manager.couch;

import dev.jiggety.agent.manager.Fleet;
import dev.jiggety.couch.Change;
import dev.jiggety.couch.ChangesFilter;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.NodeDocument;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.couch.ContinuousFeed;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.FeedPosition;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;

/** The nodes by their documents in the status database. Safe for any thread. */
public final class CouchFleet implements Fleet {
  private static final Logger LOG = System.getLogger(CouchFleet.class.getName());

  private final HubDatabase status;
  private final CouchRepositories repositories;

  /**
   * The nodes of a hub; nothing is sent yet.
   *
   * @param names how its databases are called
   */
  public CouchFleet(Hub hub, DatabaseNames names) {
    this.status = hub.database(names.status());
    this.repositories = new CouchRepositories(hub, names);
  }

  @Override
  public List<NodeStatus> nodes() {
    return repositories.nodes().all();
  }

  /**
   * Begins with what all nodes said last, so that nothing falls between asking for them and this.
   */
  @Override
  public AutoCloseable follow(Consumer<NodeStatus> listener) {
    var subject =
        new ContinuousFeed.Subject(
            "nodes", status, ChangesFilter.NONE, Feeds.HEARTBEAT, Feeds.BACKOFF);
    return ContinuousFeed.start(subject, new Nodes(listener));
  }

  private record Nodes(Consumer<NodeStatus> listener) implements ContinuousFeed.Listener {
    @Override
    public void change(Change change, FeedPosition reached) {
      if (change.deleted() || change.document() == null || !change.id().startsWith(Ids.node(""))) {
        return;
      }
      try {
        listener.accept(NodeDocument.TYPE.read(change.document()));
      } catch (DocumentException e) {
        LOG.log(Level.WARNING, "{0} cannot be read: {1}", change.id(), e.getMessage());
      }
    }

    @Override
    public void connection(Connection connection) {
      // The feed logs it; what nodes do not say meanwhile the rules of rollouts notice.
    }
  }
}
