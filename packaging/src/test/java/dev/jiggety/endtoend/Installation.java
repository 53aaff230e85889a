package dev.jiggety.endtoend;

import static org.awaitility.Awaitility.await;

import dev.jiggety.agent.demo.Demo;
import dev.jiggety.agent.node.NodeConfig;
import dev.jiggety.agent.node.TestingNode;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.KeyDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.model.rules.PatchIds;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.signing.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A hub, a patch manager, two nodes and a site, as somebody may have them at home: the roles talk
 * to each other by HTTP alone. Two operators are trusted.
 */
final class Installation implements AutoCloseable {
  static final List<String> NODES = List.of("here", "there");

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final StrategyChoice AT_ONCE = new StrategyChoice.Named("instant");

  private final Site site = new Site();
  private final Demo demo;
  private final TestingNode there;
  private final Hub client;
  private final Path bob;

  Installation(Path folder) throws IOException {
    Path data = folder.resolve("installation");
    demo = Demo.startForTrial(data, 0, _ -> {});
    HubAddress address = HubAddress.parse(demo.url().toString(), Optional.empty());
    TrustedKey manager = KeyFile.read(data.resolve("manager").resolve("manager.key")).trusted();
    there =
        TestingNode.start(
            NodeConfig.of("there", address, data.resolve("there"))
                .withTags(List.of("demo"))
                .withTrust(Trust.of(List.of(manager)))
                .withVersion("demo"));
    client = Hub.open(address, HubOptions.DEFAULT);
    bob = folder.resolve("bob.key");
    KeyFile.create(bob, SigningKey.generate("bob", TrustedKey.Role.OPERATOR));
    TrustedKey second = KeyFile.read(bob).trusted();
    bring(new Change.Put(Ids.key(second.id()), Contents.of(KeyDocument.TYPE.write(second)), null));
  }

  /** Where its hub is. */
  String hub() {
    return demo.url().toString();
  }

  /** The site that it watches. */
  Site site() {
    return site;
  }

  /** The file of the first operator's key. */
  Path ada() {
    return demo.operatorKeyFile();
  }

  /** The file of the second operator's key. */
  Path bob() {
    return bob;
  }

  /** Has a page of the site watched, every second, before anybody opens a desktop. */
  TestDefinition watch(String id, String name) {
    TestDefinition test =
        TestDefinition.builder(id, Check.Http.get(site.page("/" + id)))
            .name(name)
            .schedule(new Schedule.Every(Duration.ofSeconds(1)))
            .timeout(Duration.ofSeconds(1))
            .retries(new Retries(0, Duration.ZERO))
            .build();
    bring(new Change.Put(Ids.test(id), Contents.of(TestDocument.TYPE.write(test)), null));
    return test;
  }

  /** The test that is in force under an id. */
  TestDefinition inForce(String id) {
    return repositories().tests().find(id).orElseThrow().value();
  }

  @Override
  public void close() {
    client.close();
    there.close();
    demo.close();
    site.close();
  }

  private CouchRepositories repositories() {
    return new CouchRepositories(client, DatabaseNames.DEFAULT);
  }

  private void bring(Change.Put change) {
    SigningKey key = KeyFile.read(ada());
    Instant now = Instant.now();
    Patch patch =
        new Patch(
            PatchIds.of(now, RandomGenerator.getDefault()),
            key.trusted().name(),
            now,
            "to begin with",
            AT_ONCE,
            now.plus(Duration.ofMinutes(5)),
            List.of(change));
    repositories().patches().submit(patch, key);
    await(change.target() + " is in force")
        .atMost(PATIENCE)
        .until(() -> repositories().patches().inForce().documents().containsKey(change.target()));
  }
}
