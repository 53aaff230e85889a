package dev.jiggety.repository.couch;

import static dev.jiggety.testing.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.jiggety.couch.Credentials;
import dev.jiggety.couch.Hub;
import dev.jiggety.couch.HubAddress;
import dev.jiggety.couch.HubOptions;
import dev.jiggety.document.Contents;
import dev.jiggety.document.DatabaseNames;
import dev.jiggety.model.Patch;
import dev.jiggety.model.StrategyChoice;
import dev.jiggety.model.TrustedKey;
import dev.jiggety.repository.Heard;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.HubException.Kind;
import dev.jiggety.repository.HubFeed.Connection;
import dev.jiggety.repository.HubFeed.Connection.Away;
import dev.jiggety.repository.HubFeed.Connection.Connected;
import dev.jiggety.repository.HubFeed.Listener;
import dev.jiggety.signing.SigningKey;
import dev.jiggety.testing.FaultServer;
import dev.jiggety.testing.FaultServer.Answer;
import dev.jiggety.testing.FaultServer.Request;
import dev.jiggety.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RepositoryFaultTest {
  private static final SigningKey ADA = SigningKey.generate("ada", TrustedKey.Role.OPERATOR);
  private static final String UNAUTHORIZED =
      "{\"error\":\"unauthorized\",\"reason\":\"Name or password is incorrect.\"}";
  private static final String NOT_FOUND = "{\"error\":\"not_found\",\"reason\":\"missing\"}";

  @Test
  void aPatchWhoseAnswerWasLostIsHandedInOnce() {
    AtomicReference<String> stored = new AtomicReference<>("");
    Function<Request, Answer> cutsAfterStoring =
        request -> {
          if (request.method().equals("PUT")) {
            stored.set(request.body());
            return new Answer.Cut();
          }
          return stored.get().isEmpty() ? json(404, NOT_FOUND) : json(200, stored.get());
        };
    try (FaultServer server = FaultServer.start(cutsAfterStoring);
        Hub hub = hub(server, Optional.empty())) {
      new CouchRepositories(hub, DatabaseNames.DEFAULT).patches().submit(patch(), ADA);
      assertThat(stored.get()).contains("patch:p1", "signature");
      assertThat(server.requests()).filteredOn(it -> it.method().equals("PUT")).hasSize(1);
    }
  }

  @Test
  void aPatchThatNeverArrivedIsNotSaidToBeHandedIn() {
    Function<Request, Answer> cuts =
        request -> request.method().equals("PUT") ? new Answer.Cut() : json(404, NOT_FOUND);
    try (FaultServer server = FaultServer.start(cuts);
        Hub hub = hub(server, Optional.empty())) {
      var patches = new CouchRepositories(hub, DatabaseNames.DEFAULT).patches();
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(() -> patches.submit(patch(), ADA))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }
  }

  private static Patch patch() {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    return new Patch(
        "p1",
        "ada",
        now,
        "",
        StrategyChoice.SWIFT,
        now.plusSeconds(60),
        List.of(Contents.put(Samples.test("shop"), null)));
  }

  @Test
  void whatAValidationFunctionRefusesIsToldWithItsReason() {
    Function<Request, Answer> refuses =
        request ->
            request.method().equals("PUT")
                ? json(403, "{\"error\":\"forbidden\",\"reason\":\"needs jiggety-operator\"}")
                : json(404, NOT_FOUND);
    try (FaultServer server = FaultServer.start(refuses);
        Hub hub = hub(server, Optional.empty())) {
      var patches = new CouchRepositories(hub, DatabaseNames.DEFAULT).patches();
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(() -> patches.submit(patch(), ADA))
          .withMessageContaining("needs jiggety-operator")
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORIZED));
    }
  }

  @Test
  void aWrongPasswordIsToldOnceAndNotTriedFromEveryThread() {
    try (FaultServer server = FaultServer.start(request -> json(401, UNAUTHORIZED));
        Hub hub = hub(server, Optional.of(Credentials.of("ada", "s3cret")))) {
      Heard heard = new Heard();
      var repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
      try (var _ = repositories.feed().follow(Instant.EPOCH, heard)) {
        await().until(() -> !heard.connections.isEmpty());
        assertThat(heard.connections)
            .singleElement()
            .isInstanceOfSatisfying(
                Away.class,
                away -> {
                  assertThat(away.kind()).isEqualTo(Kind.UNAUTHORIZED);
                  assertThat(away.reason()).contains("\"ada\"").doesNotContain("s3cret");
                });
        await()
            .during(Duration.ofMillis(600))
            .untilAsserted(() -> assertThat(server.requests()).as("a lock-out is near").hasSize(1));
      }
    }
  }

  @Test
  void aHubThatAnswersButHasNoChangesIsToldOnceAndNotPestered() {
    AtomicBoolean broken = new AtomicBoolean();
    Function<Request, Answer> script =
        request -> changesMayBreak(request, broken.get() && request.path().contains("config"));
    try (FaultServer server = FaultServer.start(script);
        Hub hub = hub(server, Optional.empty())) {
      Heard heard = new Heard();
      var feed = new CouchRepositories(hub, DatabaseNames.DEFAULT).feed();
      try (var _ = feed.follow(Instant.now(), heard)) {
        await().untilAsserted(() -> assertThat(heard.connections).hasSize(1));
        broken.set(true);
        await().untilAsserted(() -> assertThat(heard.connections).hasSize(2));
        assertThat(heard.connections.getLast()).isInstanceOf(Away.class);
        await()
            .during(Duration.ofSeconds(3))
            .untilAsserted(() -> assertThat(heard.connections).as("no to and fro").hasSize(2));
        broken.set(false);
        await()
            .atMost(Duration.ofMinutes(1))
            .untilAsserted(
                () -> assertThat(heard.connections.getLast()).isInstanceOf(Connected.class));
      }
    }
  }

  private static Answer changesMayBreak(Request request, boolean broken) {
    if (request.path().contains("_all_docs")) {
      return json(200, "{\"total_rows\":0,\"offset\":0,\"rows\":[]}");
    }
    if (request.path().contains("_changes")) {
      return broken
          ? json(500, "{\"error\":\"internal_server_error\",\"reason\":\"no shards\"}")
          : json(200, "{\"results\":[],\"last_seq\":\"7\",\"pending\":0}");
    }
    return json(200, "{\"instance_start_time\":\"1\",\"update_seq\":\"7\"}");
  }

  @Test
  void aDatabaseThatIsBeingMadeIsNoLostConnection() {
    AtomicInteger looks = new AtomicInteger();
    // Between the request that makes it and the one that opens it, a database is closed to users.
    Function<Request, Answer> script =
        request ->
            request.path().contains("live") && looks.getAndIncrement() == 0
                ? json(403, "{\"error\":\"forbidden\",\"reason\":\"not allowed\"}")
                : changesMayBreak(request, false);
    try (FaultServer server = FaultServer.start(script);
        Hub hub = hub(server, Optional.of(Credentials.of("paris", "s3cret")))) {
      Heard heard = new Heard();
      var feed = new CouchRepositories(hub, DatabaseNames.DEFAULT).feed();
      try (var _ = feed.follow(Instant.now(), heard)) {
        await().untilAsserted(() -> assertThat(heard.connections).containsExactly(new Connected()));
      }
    }
  }

  @Test
  void aServerThatDoesNotWaitIsNotAskedInARush() {
    try (FaultServer server = FaultServer.start(request -> changesMayBreak(request, false));
        Hub hub = hub(server, Optional.empty())) {
      Heard heard = new Heard();
      var feed = new CouchRepositories(hub, DatabaseNames.DEFAULT).feed();
      try (var _ = feed.follow(Instant.now(), heard)) {
        await().untilAsserted(() -> assertThat(heard.connections).hasSize(1));
        await()
            .during(Duration.ofSeconds(2))
            .untilAsserted(() -> assertThat(server.requests().size()).isLessThan(100));
      }
    }
  }

  @Test
  void aListenerThatFailsBadlyDoesNotEndTheFeed() {
    AtomicInteger calls = new AtomicInteger();
    Listener failing =
        new Heard() {
          @Override
          public void connection(Connection connection) {
            super.connection(connection);
            calls.incrementAndGet();
            throw new LinkageError("a class is missing");
          }
        };
    AtomicBoolean broken = new AtomicBoolean();
    Function<Request, Answer> script = request -> changesMayBreak(request, broken.get());
    try (FaultServer server = FaultServer.start(script);
        Hub hub = hub(server, Optional.empty())) {
      var feed = new CouchRepositories(hub, DatabaseNames.DEFAULT).feed();
      try (var _ = feed.follow(Instant.now(), failing)) {
        await().untilAsserted(() -> assertThat(calls).hasValue(1));
        broken.set(true);
        await().untilAsserted(() -> assertThat(calls).hasValue(2));
      }
    }
  }

  @Test
  void provisioningWithoutTheRightSaysWhose() {
    try (FaultServer server = FaultServer.start(request -> json(401, UNAUTHORIZED));
        Hub hub = hub(server, Optional.empty())) {
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(() -> new Provisioner(hub, DatabaseNames.DEFAULT).provision(Instant.EPOCH))
          .withMessageContaining("set JIGGETY_USER and JIGGETY_PASSWORD");
    }
  }

  @Test
  void aHubThatIsAwayIsNoReasonToFailAtOnce() {
    FaultServer server = FaultServer.start(request -> new Answer.Cut());
    try (Hub hub = hub(server, Optional.empty())) {
      server.close();
      var repositories = new CouchRepositories(hub, DatabaseNames.DEFAULT);
      Heard heard = new Heard();
      try (var _ = repositories.feed().follow(Instant.EPOCH, heard)) {
        await().until(() -> !heard.connections.isEmpty());
        assertThat(heard.connections.getFirst()).isInstanceOf(Away.class);
      }
      assertThatExceptionOfType(HubException.class)
          .isThrownBy(() -> repositories.tests().all())
          .withMessageContaining("is it running?");
    }
  }

  private static Hub hub(FaultServer server, Optional<Credentials> credentials) {
    return Hub.open(HubAddress.parse(server.url().toString(), credentials), HubOptions.DEFAULT);
  }
}
