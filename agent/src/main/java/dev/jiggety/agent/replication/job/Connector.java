package dev.jiggety.agent.replication.job;

import dev.jiggety.agent.replication.Peer;
import dev.jiggety.agent.replication.Quarantine;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Makes peers of the endpoints of a replication. */
@FunctionalInterface
public interface Connector {

  /** Does no I/O: whether the ends are there shows when they are used. */
  Connection connect(ReplicationRequest request);

  /**
   * Both ends of a replication.
   *
   * @param makeTarget makes the target database if there is none; false when it could not
   * @param quarantine where to put documents that are refused, given the replication's name
   * @param release gives connections back; called once, at the end
   */
  record Connection(
      Peer source,
      Peer target,
      BooleanSupplier makeTarget,
      Function<String, Quarantine> quarantine,
      Runnable release) {}
}
