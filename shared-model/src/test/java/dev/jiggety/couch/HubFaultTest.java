package dev.jiggety.couch;

import static dev.jiggety.testing.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.testing.FaultServer;
import dev.jiggety.testing.FaultServer.Answer;
import dev.jiggety.testing.FaultServer.Request;
import dev.jiggety.testing.Ports;
import dev.jiggety.testing.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubFaultTest {
  private static final HubOptions QUICK =
      HubOptions.DEFAULT
          .withReadTimeout(Duration.ofMillis(300))
          .withConnectTimeout(Duration.ofSeconds(5));
  private static final String NOT_FOUND = "{\"error\":\"not_found\",\"reason\":\"missing\"}";

  @TempDir Path files;

  @Test
  void nothingIsSentBeforeItIsNeeded() {
    try (FaultServer server = FaultServer.start(request -> json(200, "{}"));
        Hub hub = hub(server, QUICK)) {
      hub.database("shop");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void twentyMissesAreOneConnection() {
    try (FaultServer server = FaultServer.start(request -> json(404, NOT_FOUND));
        Hub hub = hub(server, QUICK)) {
      for (int i = 0; i < 20; i++) {
        assertThat(hub.database("shop").get("a" + i)).isEqualTo(new Outcome.Missing<>("missing"));
      }
      assertThat(server.requests()).hasSize(20);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, Refused",
    "401, Refused",
    "403, Refused",
    "404, Missing",
    "405, Refused",
    "408, Unavailable",
    "409, Conflict",
    "412, Refused",
    "413, Refused",
    "415, Refused",
    "429, Unavailable",
    "500, Unavailable",
    "501, Refused",
    "502, Unavailable",
    "503, Unavailable",
    "301, Refused"
  })
  void everyStatusHasItsOutcomeWhateverTheCall(int status, String kind) {
    String body = "{\"error\":\"word\",\"reason\":\"sentence\"}";
    try (FaultServer server = FaultServer.start(request -> json(status, body));
        Hub hub = hub(server, QUICK)) {
      HubDatabase db = hub.database("shop");
      JsonObject edit = document();
      edit.addProperty("_rev", "1-a");
      assertThat(
              List.of(
                  db.get("a"),
                  db.put(document()),
                  db.put(edit),
                  db.delete("a", "1-a"),
                  db.info(),
                  db.bulkDocs(List.of(document()), false),
                  db.allDocs(IdRange.startingWith("a")),
                  db.changes(ChangesRequest.since("0")),
                  db.revsDiff(new JsonObject()),
                  db.bulkGet(List.of()),
                  db.getLocal("a"),
                  hub.welcome()))
          .allSatisfy(outcome -> assertThat(outcome.getClass().getSimpleName()).isEqualTo(kind));
      assertThat(server.connections()).as("connections").isEqualTo(1);
      assertThat(hub.welcome().inWords()).containsAnyOf("sentence", "redirect");
    }
  }

  @Test
  void aRefusalToldInGzipCanBeRead() {
    try (FaultServer server =
            FaultServer.start(
                request -> json(403, "{\"error\":\"forbidden\",\"reason\":\"ä no\"}").gzipped());
        Hub hub = hub(server, QUICK)) {
      assertThat(hub.database("shop").put(document()))
          .isEqualTo(new Outcome.Refused<>(403, "forbidden", "ä no"));
    }
  }

  @Test
  void aRefusalWithoutJsonIsStillOne() {
    try (FaultServer server =
            FaultServer.start(request -> new Answer.Reply(413, Map.of(), "<h1>big</h1>"));
        Hub hub = hub(server, QUICK)) {
      assertThat(hub.database("shop").put(document()))
          .isEqualTo(new Outcome.Refused<>(413, "Status", "the answer says no more"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7|2026-11-21|PT7S",
        "Sat, 21 Nov 2026 10:00:30 GMT|Sat, 21 Nov 2026 10:00:00 GMT|PT30S",
        "Sat, 21 Nov 2026 09:00:00 GMT|Sat, 21 Nov 2026 10:00:00 GMT|",
        "soon|Sat, 21 Nov 2026 10:00:00 GMT|"
      })
  void retryAfterIsHeard(String retryAfter, String date, Duration expected) {
    try (FaultServer server =
            FaultServer.start(request ->
                json(429, "{\"error\":\"too_many_requests\",\"reason\":\"slow down\"}")
                    .with("Retry-After", retryAfter)
                    .with("Date", date));
        Hub hub = hub(server, QUICK)) {
      assertThat(hub.welcome())
          .isInstanceOfSatisfying(
              Outcome.Unavailable.class,
              away ->
                  assertThat((Object) away.retryAfter()).isEqualTo(Optional.ofNullable(expected)));
    }
  }

  @Test
  void aHubThatIsNotThereIsUnavailable() throws IOException {
    int port = Ports.free();
    try (Hub hub = Hub.open(HubAddress.parse("127.0.0.1:" + port, Optional.empty()), QUICK)) {
      assertAway(hub.database("shop").get("a"), "connection was refused; is it running?");
    }
    try (Hub hub = Hub.open(HubAddress.parse("hub.invalid", Optional.empty()), QUICK)) {
      assertAway(hub.welcome(), "the name hub.invalid does not resolve");
    }
  }

  @Test
  void brokenAnswersAreUnavailable() {
    Answer.Reply whole = json(200, "{\"_id\":\"a\",\"_rev\":\"1-a\",\"n\":1}");
    assertAnswer(new Answer.Cut(), "was cut");
    assertAnswer(new Answer.Half(whole), "broke off");
    assertAnswer(new Answer.Stall(), "fell silent");
    assertAnswer(new Answer.HalfAndStall(whole), "fell silent");
    assertAnswer(json(200, "{\"_id\":\"a\",\"n\":"), "broke off");
    assertAnswer(json(200, ""), "broke off");
    assertAnswer(json(200, "nonsense"), "did not answer in JSON");
    assertAnswer(json(200, "[]"), "did not answer in JSON");
  }

  @Test
  void aWebPageIsNoHub() {
    try (FaultServer server =
            FaultServer.start(
                request -> new Answer.Reply(200, Map.of("Content-Type", "text/html"), "<p>hello"));
        Hub hub = hub(server, QUICK)) {
      assertThat(hub.welcome().inWords()).contains("answers with a web page, not as a CouchDB");
    }
  }

  @Test
  void halfARangeIsNotTakenForTheWhole() {
    String rows =
        "{\"total_rows\":2,\"rows\":[{\"id\":\"a\",\"value\":{\"rev\":\"1-a\"}},{\"id\":\"b\"";
    try (FaultServer server = FaultServer.start(request -> json(200, rows));
        Hub hub = hub(server, QUICK)) {
      assertAway(hub.database("shop").allDocs(IdRange.between("a", "z")), "broke off");
    }
  }

  @Test
  void aSilentFeedIsGivenUpAfterThreeHeartbeats() {
    try (FaultServer server =
            FaultServer.start(request ->
                new Answer.HalfAndStall(
                    json(200, "{\"seq\":1,\"id\":\"a\",\"changes\":[]}\n" + " ".repeat(99))));
        Hub hub = hub(server, HubOptions.DEFAULT)) {
      var request = ChangesRequest.since("0").withHeartbeat(Duration.ofMillis(100));
      assertAway(
          hub.database("shop").follow(request, change -> {}, new Cancellation()), "fell silent");
    }
  }

  @Test
  void aFrozenHubIsNotTakenForAQuietOne() {
    try (FaultServer server = FaultServer.start(request -> new Answer.Stall());
        Hub hub = hub(server, HubOptions.DEFAULT)) {
      var request =
          ChangesRequest.since("5")
              .waiting(Duration.ofMillis(100))
              .withHeartbeat(Duration.ofMillis(500));
      assertAway(hub.database("shop").changes(request), "fell silent");
    }
  }

  @Test
  void aFeedThatEndsSaysWhere() {
    String feed =
        "{\"seq\":\"4-x\",\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}]}\n\n{\"last_seq\":\"9-y\",\"pending\":0}\n";
    try (FaultServer server = FaultServer.start(request -> json(200, feed));
        Hub hub = hub(server, QUICK)) {
      assertThat(
              hub.database("shop")
                  .follow(ChangesRequest.since("0"), change -> {}, new Cancellation()))
          .isEqualTo(new Outcome.Ok<>("9-y"));
    }
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsReplaced() {
    try (FaultServer server = FaultServer.start(request -> json(200, "{}"));
        Hub hub = hub(server, QUICK)) {
      assertThat(hub.welcome().isOk()).isTrue();
      server.cutAll();
      await().until(() -> hub.welcome().isOk());
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aFullPoolSaysSo() {
    try (FaultServer server = FaultServer.start(request -> new Answer.Stall());
        Hub hub =
            hub(
                server,
                HubOptions.DEFAULT
                    .withMaxConnections(1)
                    .withConnectTimeout(Duration.ofMillis(300)))) {
      Cancellation cancellation = new Cancellation();
      Thread waiting =
          Thread.startVirtualThread(() ->
              hub.database("shop")
                  .changes(ChangesRequest.since("0").waiting(Duration.ofMinutes(1)), cancellation));
      await().until(() -> !server.requests().isEmpty());
      assertAway(hub.welcome(), "all 1 connections");
      cancellation.cancel();
      await().until(() -> !waiting.isAlive());
    }
  }

  @Test
  void bigBodiesAreCompressedWhereTheyAreUnderstood() throws IOException {
    try (FaultServer server = FaultServer.start(request -> json(201, "[]"));
        Hub hub = hub(server, QUICK.withCompressFrom(100))) {
      JsonObject big = document();
      big.addProperty("text", "x".repeat(5000));
      hub.database("shop").bulkDocs(List.of(big), false);
      Request request = server.requests().getFirst();
      assertThat(request.headers()).containsEntry("content-encoding", "gzip");
      assertThat(request.body()).hasSizeLessThan(500);
      try (var gzip =
          new GZIPInputStream(
              new ByteArrayInputStream(request.body().getBytes(StandardCharsets.ISO_8859_1)))) {
        assertThat(new String(gzip.readAllBytes(), StandardCharsets.UTF_8)).contains("xxxx");
      }
    }
  }

  @Test
  void bigBodiesArePlainWhereTheyAreNot() {
    Function<Request, Answer> plainOnly =
        request ->
            request.headers().containsKey("content-encoding")
                ? json(415, "{\"error\":\"bad_content_type\",\"reason\":\"gzip?\"}")
                : json(201, "[]");
    try (FaultServer server = FaultServer.start(plainOnly);
        Hub hub = hub(server, QUICK.withCompressFrom(10))) {
      for (int i = 0; i < 3; i++) {
        assertThat(hub.database("shop").bulkDocs(List.of(document()), false).isOk()).isTrue();
      }
      assertThat(server.requests()).as("tried compressed once").hasSize(4);
    }
  }

  @Test
  void selfSignedCertificatesAreRefusedUnlessTrusted() {
    TestCertificates certificate = TestCertificates.selfSigned(files, "ip:127.0.0.1");
    try (FaultServer server = FaultServer.start(certificate.context(), request -> json(200, "{}"));
        Hub stranger = hub(server, HubOptions.DEFAULT);
        Hub friend =
            hub(server, HubOptions.DEFAULT.withTrust(TlsTrust.platformAnd(certificate.pem())))) {
      assertAway(stranger.welcome(), "is not trusted");
      assertThat(server.requests()).isEmpty();
      assertThat(friend.welcome().isOk()).isTrue();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefusedAlthoughTrusted() {
    TestCertificates certificate = TestCertificates.selfSigned(files, "dns:evil.example");
    try (FaultServer server = FaultServer.start(certificate.context(), request -> json(200, "{}"));
        Hub hub =
            hub(server, HubOptions.DEFAULT.withTrust(TlsTrust.platformAnd(certificate.pem())))) {
      assertAway(hub.welcome(), "is for another name");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void tlsToAServerWithoutItSaysSo() {
    try (FaultServer server = FaultServer.start(request -> json(200, "{}"))) {
      String https = server.url().toString().replace("http:", "https:");
      try (Hub hub = Hub.open(HubAddress.parse(https, Optional.empty()), HubOptions.DEFAULT)) {
        assertAway(hub.welcome(), "write http instead of https");
      }
    }
  }

  @Test
  void aBadCertificateFileIsNamed() throws IOException {
    Path missing = files.resolve("missing.pem");
    assertThatThrownBy(() ->
            Hub.open(
                HubAddress.parse("https://h", Optional.empty()),
                HubOptions.DEFAULT.withTrust(TlsTrust.only(missing))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing.toString());
    Path rubbish = Files.writeString(files.resolve("rubbish.pem"), "rubbish");
    assertThatThrownBy(() ->
            Hub.open(
                HubAddress.parse("https://h", Optional.empty()),
                HubOptions.DEFAULT.withTrust(TlsTrust.only(rubbish))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(rubbish.toString());
  }

  @Test
  void credentialsGoWithEveryRequestAndIntoNoMessage() {
    try (FaultServer server =
        FaultServer.start(request ->
            json(
                401,
                "{\"error\":\"unauthorized\",\"reason\":\"Name or password is incorrect.\"}"))) {
      HubAddress address =
          HubAddress.parse(server.url().toString(), Optional.of(Credentials.of("ada", "s3cret")));
      try (Hub hub = Hub.open(address, QUICK)) {
        Outcome<JsonObject> outcome = hub.database("shop").get("a");
        assertThat(outcome)
            .isInstanceOfSatisfying(
                Outcome.Refused.class, refused -> assertThat(refused.isUnauthorized()).isTrue());
        assertThat(outcome + outcome.inWords() + address + address.credentials())
            .doesNotContain("s3cret");
        assertThat(server.requests().getFirst().headers())
            .containsEntry("authorization", "Basic YWRhOnMzY3JldA==");
        assertThat(server.requests()).as("not repeated").hasSize(1);
      }
    }
  }

  @Test
  void aHubBehindAPathIsAskedThere() {
    try (FaultServer server = FaultServer.start(request -> json(200, "{\"rows\":[]}"));
        Hub hub = Hub.open(HubAddress.parse(server.url() + "/couch/", Optional.empty()), QUICK)) {
      HubDatabase db = hub.database("shop");
      db.get("a b");
      db.put(document());
      db.delete("a b", "1-a");
      db.allDocs(IdRange.startingWith("a"));
      db.getLocal("x");
      assertThat(server.requests())
          .extracting(request -> request.path().replaceAll("\\?.*", ""))
          .containsExactly(
              "/couch/shop/a%20b",
              "/couch/shop/a",
              "/couch/shop/a%20b",
              "/couch/shop/_all_docs",
              "/couch/shop/_local/x");
    }
  }

  @Test
  void closingAHubEndsWhatIsUnderWay() throws Exception {
    try (FaultServer server = FaultServer.start(request -> new Answer.Stall())) {
      Hub hub = hub(server, HubOptions.DEFAULT);
      CompletableFuture<Outcome<JsonObject>> answer = new CompletableFuture<>();
      Thread.startVirtualThread(() -> answer.complete(hub.database("shop").get("a")));
      await().until(() -> !server.requests().isEmpty());
      hub.close();
      assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  @Test
  void aClosedHubIsUnavailable() {
    try (FaultServer server = FaultServer.start(request -> json(200, "{}"))) {
      Hub hub = hub(server, QUICK);
      hub.close();
      assertThat(hub.welcome()).isInstanceOf(Outcome.Unavailable.class);
    }
  }

  private static void assertAnswer(Answer answer, String words) {
    try (FaultServer server = FaultServer.start(request -> answer);
        Hub hub = hub(server, QUICK)) {
      assertAway(hub.database("shop").get("a"), words);
      assertAway(hub.database("shop").info(), words);
    }
  }

  private static void assertAway(Outcome<?> outcome, String words) {
    assertThat(outcome).isInstanceOf(Outcome.Unavailable.class);
    assertThat(outcome.inWords()).contains(words);
  }

  private static Hub hub(FaultServer server, HubOptions options) {
    return Hub.open(HubAddress.parse(server.url().toString(), Optional.empty()), options);
  }

  private static JsonObject document() {
    JsonObject document = new JsonObject();
    document.addProperty("_id", "a");
    return document;
  }
}
