package dev.jiggety.agent.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.agent.release.BundleWriter;
import dev.jiggety.agent.release.DataSchema;
import dev.jiggety.agent.release.Platform;
import dev.jiggety.agent.release.ReleaseMaker;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.AgentDocument;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.ReleaseDocument;
import dev.jiggety.model.AgentChoice;
import dev.jiggety.model.Cause;
import dev.jiggety.model.Change;
import dev.jiggety.model.Check;
import dev.jiggety.model.CommandAnswer;
import dev.jiggety.model.Content;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.OperatorCommand;
import dev.jiggety.model.Patch;
import dev.jiggety.model.Retries;
import dev.jiggety.model.Rollout;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.Schedule;
import dev.jiggety.model.Strategy;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.signing.KeyFile;
import dev.jiggety.signing.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A hub and a manager as processes, and whoever makes releases for their nodes. */
final class ReleaseSite implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(90);
  static final Duration EVERY = Duration.ofSeconds(1);

  final SigningKey ada = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  final SigningKey rita = SigningKey.generate("rita", TrustedKey.Role.RELEASE);
  final WatchedSite site = WatchedSite.open();
  final CouchRepositories repositories;
  final HubAddress address;
  final Map<String, String> versions = new TreeMap<>();
  private final Path folder;
  private final JiggetyProcess server;
  private final JiggetyProcess manager;
  private final Hub hub;
  private int patches;

  ReleaseSite(Path folder) throws IOException {
    this.folder = folder;
    server =
        JiggetyProcess.start(
            "hub", "--port", "0", "--data", folder.resolve("hub").toString(), "--admin-party");
    String line = server.awaitLine("hub is listening on ");
    address = HubAddress.parse(line.substring(line.indexOf("http")).strip(), Optional.empty());
    hub = Hub.open(address, HubOptions.DEFAULT);
    new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.now());
    repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
    Path keys = folder.resolve("people.pub");
    Files.writeString(
        keys, KeyFile.line(ada.trusted()) + "\n" + KeyFile.line(rita.trusted()) + "\n");
    manager =
        JiggetyProcess.start(
            "manager",
            "--name",
            "m1",
            "--data",
            folder.resolve("manager").toString(),
            "--hub",
            url(),
            "--trust",
            keys.toString());
  }

  String url() {
    return address.toString();
  }

  /** Puts a test in force that runs everywhere. */
  void watch() {
    TestDefinition shop =
        TestDefinition.builder("shop", Check.Http.get(site.url("shop")))
            .schedule(new Schedule.Every(EVERY))
            .retries(new Retries(0, Duration.ofSeconds(1)))
            .build();
    Rollout rollout =
        awaitEnd(hand(ada, new StrategyChoice.Own(brisk(Duration.ZERO)), Contents.put(shop, null)));
    assertThat(rollout.state())
        .as(rollout.transitions().toString())
        .isEqualTo(RolloutState.COMPLETED);
  }

  /** A program that is this one, with the class path of the tests, under another version. */
  Path image(String version, String before) throws IOException {
    String script =
        """
        %s
        exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -Xshare:auto \
        --enable-native-access=ALL-UNNAMED -Djiggety.version=%s -cp '%s' \
        dev.jiggety.agent.cli.Main "$@"
        """
            .formatted(
                before,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                version,
                System.getProperty("java.class.path"));
    return script(version, script);
  }

  /** A program that is a script. */
  Path script(String version, String script) throws IOException {
    Path image = folder.resolve("image-" + version);
    Path program = image.resolve(BundleWriter.PROGRAM);
    Files.createDirectories(image.resolve("bin"));
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return image;
  }

  /** Publishes a release of an image. */
  AgentChoice publish(String version, Path image, SigningKey key) throws IOException {
    Path bundle = folder.resolve(version + ".bundle");
    BundleWriter.write(image, version, Platform.here(), DataSchema.OWN, bundle);
    JsonObject signed = ReleaseMaker.sign(List.of(bundle), "", key, Instant.now());
    ReleaseMaker.publish(signed, List.of(bundle), repositories.releases(), _ -> {});
    AgentChoice choice = new AgentChoice(version, ReleaseDocument.digest(signed));
    versions.put(choice.digest(), version);
    return choice;
  }

  /** Hands in the patch that rolls it out; null for what is installed. */
  String rollOut(AgentChoice choice, Strategy strategy) {
    Content now = repositories.patches().inForce().documents().get(Ids.agent());
    String base = now == null ? null : now.digest();
    Content next = Contents.of(AgentDocument.TYPE.write(choice));
    return hand(rita, new StrategyChoice.Own(strategy), new Change.Put(Ids.agent(), next, base));
  }

  /** Brings the installed program back. */
  String takeBack(Strategy strategy) {
    Content now = repositories.patches().inForce().documents().get(Ids.agent());
    return hand(
        rita, new StrategyChoice.Own(strategy), new Change.Delete(Ids.agent(), now.digest()));
  }

  /** Asks for something of a rollout, and waits for what the manager says. */
  CommandAnswer ask(SigningKey who, String rollout, Cause.Act act) {
    String id = "c" + ++patches;
    repositories
        .patches()
        .command(
            new OperatorCommand(id, rollout, act, who.trusted().name(), "", Instant.now()), who);
    return await("an answer to " + id)
        .atMost(PATIENCE)
        .until(() -> repositories.patches().answer(id), Optional::isPresent)
        .orElseThrow();
  }

  private String hand(SigningKey who, StrategyChoice strategy, Change change) {
    String id = "p" + ++patches;
    Instant now = Instant.now();
    repositories
        .patches()
        .submit(
            new Patch(
                id,
                who.trusted().name(),
                now,
                "",
                strategy,
                now.plus(Duration.ofHours(1)),
                List.of(change)),
            who);
    return id;
  }

  Rollout awaitEnd(String id) {
    return await(id + " ends")
        .atMost(PATIENCE)
        .until(
            () -> repositories.patches().rollout(id),
            found -> found.map(it -> it.state().isTerminal()).orElse(false))
        .orElseThrow();
  }

  void awaitVersion(int nodes, String version) {
    await(nodes + " nodes run " + version)
        .atMost(PATIENCE)
        .until(() ->
            repositories.nodes().all().stream()
                    .map(NodeStatus::version)
                    .filter(version::equals)
                    .count()
                == nodes);
  }

  /** As releases are rolled out, in seconds. */
  static Strategy brisk(Duration bake) {
    return Strategy.RELEASE.withBake(bake).named("brisk");
  }

  static boolean isBack(Rollout rollout) {
    return rollout.state() == RolloutState.ROLLED_BACK || rollout.state() == RolloutState.REJECTED;
  }

  @Override
  public void close() {
    manager.close();
    hub.close();
    server.close();
    site.close();
  }
}
