package dev.jiggety.agent.queue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The line of patches on Apache Artemis, in this process or elsewhere. Safe for any thread. */
public final class ArtemisQueue implements PatchQueue {
  private final @Nullable EmbeddedBroker broker;
  private final Access access;
  private final Sender sender;
  private final Set<Standing> standings = ConcurrentHashMap.newKeySet();

  private ArtemisQueue(@Nullable EmbeddedBroker broker, Access access) {
    this.broker = broker;
    this.access = access;
    this.sender = new Sender(access);
  }

  /**
   * Opens the line. An embedded broker is started, and works when this returns; one elsewhere is
   * not looked for before it is needed, so that a manager starts without it.
   *
   * @throws QueueException when the folder of an embedded broker cannot be used
   */
  public static ArtemisQueue open(QueueConfig config) {
    BrokerLog.hush();
    Footprint.small();
    return switch (config) {
      case QueueConfig.Embedded(var folder) -> {
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.inside(folder));
        yield new ArtemisQueue(broker, new InsideAccess(broker));
      }
      case QueueConfig.Remote remote -> new ArtemisQueue(null, new RemoteAccess(remote));
    };
  }

  @Override
  public void put(QueuedPatch patch) {
    sender.put(patch);
  }

  @Override
  public Candidacy stand(Candidate candidate) {
    Standing standing = Standing.begin(access, candidate);
    standings.add(standing);
    return new Candidacy() {
      @Override
      public void acknowledge(String patchId) {
        standing.acknowledge(patchId);
      }

      @Override
      public void close() {
        standings.remove(standing);
        standing.close();
      }
    };
  }

  @Override
  public void close() {
    standings.forEach(Standing::close);
    standings.clear();
    sender.close();
    if (broker != null) {
      broker.close();
    }
  }
}
