package dev.jiggety.agent.e2e;

import dev.jiggety.agent.manager.ManagerConfig;
import dev.jiggety.agent.manager.PatchManager;
import dev.jiggety.agent.manager.companion.UsualCompanions;
import dev.jiggety.agent.manager.couch.CouchBoards;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.agent.notify.NotifySettings;
import dev.jiggety.agent.probe.Secrets;
import dev.jiggety.agent.schedule.NodeClock;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.signing.KeyFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * A node or a manager on a machine whose clock is wrong: a process of its own. Arguments: {@code
 * node} or {@code manager}, how far ahead its clock is (ISO 8601), the hub, the data folder, the
 * name, and for a manager the file with the keys that it trusts.
 */
final class WrongClock {
  private WrongClock() {}

  static void main(String[] arguments) throws InterruptedException {
    InstantSource wrong =
        InstantSource.offset(InstantSource.system(), Duration.parse(arguments[1]));
    HubAddress hub = HubAddress.parse(arguments[2], Optional.empty());
    Path data = Path.of(arguments[3]);
    HubOptions options = HubOptions.DEFAULT.withClock(wrong);
    AutoCloseable part =
        switch (arguments[0]) {
          case "node" ->
              TestingNode.start(
                  NodeConfig.of(arguments[4], hub, data).withHubOptions(options),
                  clock(wrong),
                  _ -> {});
          case "manager" ->
              PatchManager.start(
                  ManagerConfig.of(arguments[4], hub, data)
                      .withHubOptions(options)
                      .withTrusted(KeyFile.readTrusted(Path.of(arguments[5]))),
                  CouchBoards::on,
                  new UsualCompanions(NotifySettings.of(Secrets.NONE, data.resolve("commands"))));
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(part)));
    System.out.println(arguments[4] + " is there");
    new CountDownLatch(1).await();
  }

  private static NodeClock clock(InstantSource wall) {
    return new NodeClock() {
      @Override
      public Instant instant() {
        return wall.instant();
      }

      @Override
      public long nanos() {
        return System.nanoTime();
      }
    };
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
