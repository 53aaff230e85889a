package dev.jiggety.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.jiggety.agent.hub.EmbeddedHub;
import dev.jiggety.agent.hub.HubConfig;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.BatchDocument;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.Batch;
import dev.jiggety.model.Check;
import dev.jiggety.model.ErrorKind;
import dev.jiggety.model.Evidence;
import dev.jiggety.model.Failure;
import dev.jiggety.model.Findings;
import dev.jiggety.model.Incident;
import dev.jiggety.model.Incident.Kind;
import dev.jiggety.model.IncidentAct;
import dev.jiggety.model.Notice;
import dev.jiggety.model.Picture;
import dev.jiggety.model.Run;
import dev.jiggety.model.Sample;
import dev.jiggety.model.Verdict;
import dev.jiggety.repository.couch.CouchRepositories;
import dev.jiggety.repository.couch.Provisioner;
import dev.jiggety.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of incidents, and say of them, on a terminal. */
class IncidentsCommandTest {
  private static final byte[] PICTURE = {1, 2, 3};
  private final DatabaseNames names = DatabaseNames.DEFAULT;
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(20);
  @TempDir private Path folder;
  private EmbeddedHub server;
  private Hub hub;
  private CouchRepositories repositories;
  private Incident incident;

  @BeforeEach
  void start() {
    server = EmbeddedHub.start(HubConfig.loopback(0, folder.resolve("hub")).withAdminParty());
    hub = Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), HubOptions.DEFAULT);
    new Provisioner(hub, names).provision(Instant.now());
    repositories = new CouchRepositories(hub, names);
    store(
        names.config(),
        TestDocument.TYPE.write(Samples.test("shop").toBuilder().name("Shop").build()));
    for (String node : List.of("n1", "n2", "n3")) {
      repositories.nodes().report(Samples.node(node, at));
      Batch batch = batch(node, node.equals("n1") ? Verdict.DOWN : Verdict.UP);
      store(names.live(at), BatchDocument.TYPE.write(batch));
    }
    incident =
        new Incident(
            Ids.incidentId(at, "test", "shop"),
            Kind.DOWN,
            "shop",
            at,
            at.plusSeconds(5),
            null,
            null,
            "Shop is down on 2 of 3 nodes",
            List.of(
                new Incident.Witness(
                    "n1",
                    Verdict.DOWN,
                    at,
                    new Failure(ErrorKind.ASSERTION, null, "status was 503"),
                    Ids.batch(at, "n1", "s1", 1))),
            null,
            null,
            List.of(new Incident.Entry(at, "opened", "manager:m1", "Shop is down")));
    assertThat(repositories.incidents().store(incident, Optional.empty())).isPresent();
  }

  @AfterEach
  void stop() {
    hub.close();
    server.close();
  }

  private void store(String database, JsonObject document) {
    assertThat(hub.database(database).put(document)).matches(Outcome::isOk);
  }

  private Batch batch(String node, Verdict verdict) {
    Sample sample = Samples.sample(at);
    if (verdict == Verdict.DOWN) {
      Evidence evidence =
          new Evidence(
              "http://shop.example/basket",
              503,
              List.of(new Check.Header("Server", "nginx")),
              "the basket is on fire",
              List.of(),
              List.of(),
              new Picture("image/png", "AQID"));
      sample =
          sample
              .withFailure(new Failure(ErrorKind.ASSERTION, null, "status was 503"))
              .withFindings(new Findings(List.of(), List.of(), null, evidence));
    }
    return new Batch(
        node,
        "s1",
        1,
        at,
        List.of(new Run("shop", node, at, Duration.ZERO, List.of(sample), List.of(), verdict)),
        List.of());
  }

  private Cli.Result run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    all[arguments.length] = "--hub";
    all[arguments.length + 1] = server.url().toString();
    return Cli.run(all);
  }

  @Test
  void whatLastsIsListedAndIsBad() {
    Cli.Result list = run("incidents", "--open");
    assertThat(list.exitCode()).as(list.err()).isEqualTo(ExitCode.BAD);
    assertThat(list.out()).contains("down", "shop", "open", incident.id());
    assertThat(run("incidents", "--node", "n1").out())
        .isEqualToIgnoringNewLines("nothing was wrong");
    JsonArray json = JsonParser.parseString(run("incidents", "--json").out()).getAsJsonArray();
    assertThat(json).hasSize(1);
  }

  @Test
  void oneIsShownWithItsEvidenceAndPicture() throws IOException {
    Path file = folder.resolve("shop.png");
    Cli.Result show = run("incidents", "show", incident.id(), "--picture", file.toString());
    assertThat(show.exitCode()).as(show.err()).isEqualTo(ExitCode.FINE);
    assertThat(show.out())
        .contains(
            "Shop is down on 2 of 3 nodes",
            "status was 503",
            "http://shop.example/basket",
            "Server: nginx",
            "the basket is on fire",
            "opened");
    assertThat(Files.readAllBytes(file)).isEqualTo(PICTURE);
    assertThat(run("incidents", "show", "nonsense"))
        .satisfies(it -> assertThat(it.exitCode()).isEqualTo(ExitCode.BAD))
        .satisfies(
            it -> assertThat(it.errorLines()).singleElement().asString().contains("no incident"));
  }

  @Test
  void oneIsShownWithWhoWasToldAndWhoWasNotAndWhy() {
    Notice sent =
        new Notice(
            "notice:20261122T101500000:ops:mail:opened:1",
            "ops",
            "mail",
            Notice.Reason.OPENED,
            incident.detected(),
            List.of(new Notice.Item(incident.id(), incident.kind(), Notice.Reason.OPENED, 0, 0)),
            Notice.State.SENT,
            "250 ok",
            "",
            1,
            null,
            incident.detected(),
            incident.detected(),
            1);
    Notice withheld =
        new Notice(
            "notice:20261122T101600000:ops:pager:withheld:1",
            "ops",
            "pager",
            Notice.Reason.ESCALATION,
            incident.detected(),
            List.of(
                new Notice.Item(incident.id(), incident.kind(), Notice.Reason.ESCALATION, 1, 0)),
            Notice.State.WITHHELD,
            "acknowledged by ada",
            "",
            0,
            null,
            incident.detected(),
            null,
            1);
    assertThat(run("incidents", "show", incident.id()).out()).contains("nobody: no policy");
    repositories.notices().create(List.of(sent, withheld));
    assertThat(run("incidents", "show", incident.id()).out())
        .contains("notified  mail (policy ops, opened)  250 ok")
        .contains("withheld  pager (policy ops, escalation)  acknowledged by ada");
  }

  @Test
  void whatIsSaidIsKept() {
    assertThat(run("incidents", "acknowledge", incident.id(), "I look", "--by", "ada").exitCode())
        .isEqualTo(ExitCode.FINE);
    assertThat(run("incidents", "comment", incident.id(), "cable", "--by", "ada").exitCode())
        .isEqualTo(ExitCode.FINE);
    assertThat(run("incidents", "comment", incident.id()).exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run("incidents", "mute", incident.id(), "--by", "bob").exitCode())
        .isEqualTo(ExitCode.FINE);
    assertThat(repositories.incidents().acts(incident.id()))
        .extracting(IncidentAct::by, IncidentAct::text)
        .containsExactlyInAnyOrder(tuple("ada", "I look"), tuple("ada", "cable"), tuple("bob", ""));
  }

  @Test
  void whyThereIsNoneIsWorkedOutAgain() {
    Cli.Result why = run("incidents", "why", "shop");
    assertThat(why.exitCode()).as(why.err()).isEqualTo(ExitCode.FINE);
    assertThat(why.out())
        .contains(
            "1 of 3 nodes that could tell said down",
            "it takes 2",
            "n1: down",
            "n2: up",
            "withheld: too few nodes agree");
    JsonObject json =
        JsonParser.parseString(run("incidents", "why", "shop", "--json").out()).getAsJsonObject();
    assertThat(json.get("verdict").getAsString()).isEqualTo("up");
    assertThat(json.getAsJsonArray("incidents")).hasSize(1);
    assertThat(run("incidents", "why", "shop", "--at", "yesterday").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run("incidents", "why", "nothing").exitCode()).isEqualTo(ExitCode.BAD);
  }
}
