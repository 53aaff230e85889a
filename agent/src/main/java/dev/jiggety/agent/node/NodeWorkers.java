package dev.jiggety.agent.node;

import dev.jiggety.agent.probe.Isolation;
import dev.jiggety.agent.probe.Probe;
import dev.jiggety.agent.probe.Probes;
import dev.jiggety.agent.worker.WorkerOptions;
import dev.jiggety.agent.worker.WorkerPool;
import dev.jiggety.model.TestDefinition;
import java.util.Collection;
import java.util.List;

/** The node's worker processes, for tests that run scripts of pages. */
final class NodeWorkers implements AutoCloseable {
  private final WorkerPool pool;
  private final Isolation inForce;
  private final Isolation onTrial;
  private final Isolation onRequest;

  NodeWorkers(NodeConfig config) {
    WorkerOptions options =
        WorkerOptions.in(config.data().resolve("workers"))
            .withWorkers(config.workers().count())
            .withMegabytes(config.workers().megabytes())
            .withArchive();
    pool = WorkerPool.open(options);
    inForce = pool.places();
    onTrial = pool.places(Math.ceilDiv(options.workers(), 2));
    onRequest = pool.places(1);
  }

  /** Places for tests in force. */
  Isolation inForce() {
    return inForce;
  }

  /** Places for tests on trial, so that those in force do not wait for them. */
  Isolation onTrial() {
    return onTrial;
  }

  /** A place for what an operator asks for: a patch on trial is not judged later by that. */
  Isolation onRequest() {
    return onRequest;
  }

  /** These tests are in force now. */
  void expect(Collection<TestDefinition> tests) {
    pool.expect((int) tests.stream().filter(NodeWorkers::isIsolated).count());
  }

  /** How many processes there are. */
  int size() {
    return pool.size();
  }

  /** What people should look at. */
  List<String> notices() {
    return pool.trouble().map(text -> "scripts and pages cannot be tested: " + text).stream()
        .toList();
  }

  @Override
  public void close() {
    pool.close();
  }

  private static boolean isIsolated(TestDefinition test) {
    return test.active() && Probes.find(test.check().kind()).filter(Probe::isolated).isPresent();
  }
}
