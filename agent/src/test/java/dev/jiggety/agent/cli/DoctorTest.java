package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.jiggety.agent.cli.Finding.Grade;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.base.Secret;
import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.HubDocument;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Check;
import dev.jiggety.model.Connection;
import dev.jiggety.model.Engine;
import dev.jiggety.model.HubReport;
import dev.jiggety.model.ManagerReport;
import dev.jiggety.model.ManagerReport.Stand;
import dev.jiggety.model.NodeStatus;
import dev.jiggety.model.RolloutState;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.Vitals;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the doctor finds, each on an installation that has it. */
class DoctorTest {
  private static final DatabaseNames NAMES = DatabaseNames.DEFAULT;
  private static final Vitals WELL = new Vitals(100L << 30, 1, List.of());
  private static final Vitals FULL = new Vitals(1L << 20, 1, List.of("the disk has 1 MiB left"));

  @TempDir private Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private Instant now = Instant.now();

  @BeforeEach
  void start() {
    HubConfig config = HubConfig.loopback(0, folder.resolve("hub"));
    HubConfig.Limits quick = HubConfig.Limits.DEFAULT.withPasswordIterations(1_000);
    server = EmbeddedHub.start(config.withLimits(quick).withAdmin("root", Secret.of("word")));
    hub = open("root", "word");
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  @Test
  void aSoundInstallationHasNothingBad() {
    sound();
    assertThat(examine()).filteredOn(it -> it.grade() != Grade.GOOD).isEmpty();
  }

  @Test
  void aHubWithoutDatabasesIsToBeProvisioned() {
    List<Finding> findings = examine();
    for (String name : List.of(NAMES.config(), NAMES.patches(), NAMES.status(), NAMES.live(now))) {
      finding(findings, Grade.BAD, "database " + name, "jiggety provision");
    }
  }

  @Test
  void rulesOfAnotherVersionAreNamed() {
    sound();
    JsonObject design = hub.database(NAMES.config()).get(Provisioner.DESIGN).ok().orElseThrow();
    design.addProperty("version", 1);
    design.addProperty("_rev", put(NAMES.config(), design));
    finding(examine(), Grade.BAD, "database " + NAMES.config(), "version 1", "jiggety provision");

    design.addProperty("version", 999);
    design.addProperty("_rev", put(NAMES.config(), design));
    finding(examine(), Grade.ODD, "database " + NAMES.config(), "version 999", "update");

    hub.database(NAMES.config()).delete(Provisioner.DESIGN, design.get("_rev").getAsString());
    finding(examine(), Grade.BAD, "database " + NAMES.config(), "jiggety provision");
  }

  @Test
  void whatIsWrongWithNodesIsSaid() {
    sound();
    node("silent", now.minus(Duration.ofMinutes(5)), 0, 0, null, WELL);
    node("refused", now, 7, 0, null, WELL);
    node("lost", now, 0, 3, null, WELL);
    node("clock", now, 0, 0, Duration.ofSeconds(-40), WELL);
    node("full", now, 0, 0, null, FULL);
    node("notice", now, 0, 0, null, new Vitals(null, 0, List.of("the clock jumped")));

    List<Finding> findings = examine();

    finding(findings, Grade.BAD, "node silent", "last heard 5 min ago", "is it running?");
    finding(findings, Grade.BAD, "node refused", "7 documents were refused", "log");
    finding(findings, Grade.BAD, "node lost", "3 results were lost", "make room");
    finding(findings, Grade.BAD, "node clock", "-40 s", "NTP");
    finding(findings, Grade.BAD, "node full", "1 MiB left", "make room");
    finding(findings, Grade.ODD, "node notice", "the clock jumped");
    assertThat(findings).filteredOn(it -> it.what().equals("node full")).hasSize(1);
  }

  @Test
  void aNodeOfAnotherVersionIsNamed() {
    sound();
    NodeStatus old =
        new NodeStatus("old", new TreeSet<>(), "0.0.1", now, now, 0, 0, 0, null, null, null, null);
    new CouchRepositories(hub, NAMES).nodes().report(old);
    finding(examine(), Grade.ODD, "node old", "0.0.1", Version.text(), "update");
  }

  @Test
  void managersThatAreNotThereOrNotActiveAreMissed() {
    new Provisioner(hub, NAMES).provision(now);
    finding(examine(), Grade.ODD, "managers", "none has reported yet", "jiggety manager");

    manager("m1", now, Stand.PASSIVE, null, WELL);
    finding(examine(), Grade.BAD, "managers", "none is active");

    manager("m1", now.minus(Duration.ofMinutes(3)), Stand.ACTIVE, null, WELL);
    finding(examine(), Grade.BAD, "manager m1", "last heard 3 min ago");
    finding(examine(), Grade.BAD, "managers", "none is active");

    var held = new ManagerReport.UnderWay("p-9", RolloutState.HELD);
    manager("m1", now, Stand.ACTIVE, held, FULL);
    finding(examine(), Grade.BAD, "manager m1", "held by p-9", "jiggety patch show p-9");
    finding(examine(), Grade.BAD, "manager m1", "1 MiB left", "make room");
  }

  @Test
  void theDiskOfTheHubIsLookedAtAndAHubOfThePastIsNot() {
    sound();
    hubReport(now, FULL);
    finding(examine(), Grade.BAD, "embedded hub", "1 MiB left", "make room");
    hubReport(now.minus(Duration.ofDays(3)), FULL);
    finding(examine(), Grade.ODD, "embedded hub", "delete the document hub:hub");
  }

  @Test
  void nobodyIsToldOfIncidentsWithoutAChannelAndAPolicy() {
    sound();
    finding(examine(), Grade.GOOD, "notifications", "jiggety notify test");
    remove("policy:all");
    finding(examine(), Grade.ODD, "notifications", "nobody is told", "with a policy");
    remove("channel:mail");
    finding(examine(), Grade.ODD, "notifications", "nobody is told", "a channel and a policy");
  }

  private void remove(String id) {
    JsonObject there = hub.database(NAMES.config()).get(id).ok().orElseThrow();
    hub.database(NAMES.config()).delete(id, there.get("_rev").getAsString());
  }

  @Test
  void testsThatWantABrowserThatIsNotHereAreNamed() {
    sound();
    Check page =
        new Check.Page(
            "http://shop.example/", Engine.CHROMIUM, 800, 600, Duration.ZERO, Connection.DEFAULT);
    put(NAMES.config(), TestDocument.TYPE.write(TestDefinition.builder("shop", page).build()));
    Findings without = new Findings();
    fleet(without).look("north", Set.of(Engine.HTMLUNIT));
    finding(without.all(), Grade.BAD, "node north", "no browser for shop", "install Chromium");
    Findings with = new Findings();
    fleet(with).look("north", Set.of(Engine.CHROMIUM));
    assertThat(with.all()).noneMatch(it -> it.text().contains("no browser"));
  }

  @Test
  void whoHasNoRoleOfOursIsTold() {
    sound();
    JsonObject user = new JsonObject();
    user.addProperty("_id", "org.couchdb.user:guest");
    user.addProperty("name", "guest");
    user.addProperty("type", "user");
    user.add("roles", new JsonArray());
    user.addProperty("password", "guest-word");
    hub.users().create();
    assertThat(hub.users().put(user).isOk()).isTrue();
    try (Hub guest = open("guest", "guest-word")) {
      Findings findings = new Findings();
      new HubExamination(findings, guest, NAMES, now).isOpen();
      finding(findings.all(), Grade.BAD, "rights", "without a role", "jiggety-operator");
    }
    try (Hub nobody =
        Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT)) {
      Findings findings = new Findings();
      new HubExamination(findings, nobody, NAMES, now).isOpen();
      finding(findings.all(), Grade.BAD, "rights", "not logged in", "--credentials");
    }
    try (Hub wrong = open("root", "wrong")) {
      Findings findings = new Findings();
      assertThat(new HubExamination(findings, wrong, NAMES, now).isOpen()).isFalse();
      assertThat(findings.all()).anyMatch(it -> it.grade() == Grade.NO_HUB);
    }
  }

  @Test
  void theCertificateOfTheHubIsLookedAtAlsoWhereItIsNotBelieved() throws IOException {
    TestCertificates certificates = TestCertificates.selfSigned(folder, "ip:127.0.0.1");
    HttpsServer tls =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(certificates.context()));
    tls.start();
    String url = "https://127.0.0.1:" + tls.getAddress().getPort();
    try (Hub secure = Hub.open(HubAddress.parse(url, Optional.empty()), HubOptions.DEFAULT)) {
      Instant end = HubCertificate.expires(secure.address()).orElseThrow();
      String what = "certificate of the hub";
      finding(certificate(secure, end.minus(Duration.ofDays(60))), Grade.GOOD, what, "good until");
      finding(certificate(secure, end.minus(Duration.ofDays(3))), Grade.ODD, what, "renew it");
      finding(certificate(secure, end.plusSeconds(1)), Grade.BAD, what, "has ended", "renew it");
    } finally {
      tls.stop(0);
    }
  }

  @Test
  void theMachineIsLookedAtFromTheCommandLine() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path secret = Files.createDirectories(data.resolve("secrets")).resolve("token");
    Files.writeString(secret, "open to all");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    String url = server.url().toString();
    server.close();

    Cli.Result result = Cli.run("doctor", "--json", "--hub", url, "--data", data.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.HUB);
    JsonObject json = JsonParser.parseString(result.out()).getAsJsonObject();
    List<Finding> findings =
        json.getAsJsonArray("findings").asList().stream()
            .map(it -> it.getAsJsonObject())
            .map(it ->
                new Finding(
                    it.get("what").getAsString(),
                    Grade.valueOf(
                        it.get("grade").getAsString().replace('-', '_').toUpperCase(Locale.ROOT)),
                    it.get("text").getAsString()))
            .toList();
    finding(findings, Grade.GOOD, "data folder " + data, "writable");
    finding(findings, Grade.BAD, "secrets in " + secret.getParent(), "chmod 600", "token");
    finding(findings, Grade.GOOD, "worker processes", "start in");
    finding(findings, Grade.NO_HUB, "hub " + url.replaceAll("/$", ""), "");
  }

  @Test
  void foldersThatCannotBeUsedAreNamed() {
    Findings findings = new Findings();
    MachineExamination machine = new MachineExamination(findings);
    machine.folder(folder.resolve("none"));
    machine.secrets(new Examination.Place(null, null, folder.resolve("nowhere")));
    finding(findings.all(), Grade.BAD, "data folder " + folder.resolve("none"), "make it");
    finding(findings.all(), Grade.BAD, "secrets in " + folder.resolve("nowhere"), "make it");
  }

  private void sound() {
    new Provisioner(hub, NAMES).provision(now);
    node("north", now, 0, 0, Duration.ZERO, WELL);
    manager("m1", now, Stand.ACTIVE, null, WELL);
    present("channel", "channel:mail");
    present("policy", "policy:all");
  }

  private void present(String type, String id) {
    JsonObject document = new JsonObject();
    document.addProperty("_id", id);
    document.addProperty("type", type);
    document.addProperty("schema", 1);
    put(NAMES.config(), document);
  }

  private List<Finding> examine() {
    Findings findings = new Findings();
    HubExamination examination = new HubExamination(findings, hub, NAMES, now);
    assertThat(examination.isOpen()).isTrue();
    examination.databases();
    fleet(findings).look(null, Set.of());
    examination.channels();
    return findings.all();
  }

  private FleetExamination fleet(Findings findings) {
    return new FleetExamination(findings, new CouchRepositories(hub, NAMES), now);
  }

  private static List<Finding> certificate(Hub hub, Instant when) {
    Findings findings = new Findings();
    assertThat(new HubExamination(findings, hub, NAMES, when).isOpen()).isFalse();
    return findings.all();
  }

  private void node(
      String name, Instant heard, long refused, long lost, Duration clock, Vitals vitals) {
    new CouchRepositories(hub, NAMES)
        .nodes()
        .report(
            new NodeStatus(
                name,
                new TreeSet<>(),
                Version.text(),
                heard,
                heard,
                1,
                0,
                refused,
                null,
                clock,
                null,
                null,
                null,
                lost,
                vitals));
  }

  private void manager(
      String name, Instant heard, Stand stand, ManagerReport.UnderWay underWay, Vitals vitals) {
    new CouchRepositories(hub, NAMES)
        .health()
        .report(
            new ManagerReport(
                name, Version.text(), heard, heard, stand, heard, "", 1, 1, 0, underWay, vitals));
  }

  private void hubReport(Instant heard, Vitals vitals) {
    JsonObject document =
        HubDocument.TYPE.write(new HubReport("hub", Version.text(), heard, heard, 1, 1, 0, vitals));
    hub.database(NAMES.status())
        .get("hub:hub")
        .ok()
        .ifPresent(before -> document.add("_rev", before.get("_rev")));
    put(NAMES.status(), document);
  }

  private String put(String database, JsonObject document) {
    return hub.database(database).put(document).ok().orElseThrow();
  }

  private Hub open(String user, String password) {
    return Hub.open(
        HubAddress.parse(server.url().toString(), Optional.of(Credentials.of(user, password))),
        HubOptions.DEFAULT);
  }

  private static void finding(List<Finding> findings, Grade grade, String what, String... parts) {
    assertThat(findings)
        .anySatisfy(it -> {
          assertThat(it.what()).isEqualTo(what);
          assertThat(it.grade()).isEqualTo(grade);
          assertThat(it.text()).contains(parts).doesNotContain("\n");
        });
  }
}
