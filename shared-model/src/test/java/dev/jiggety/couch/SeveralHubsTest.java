package dev.jiggety.couch;

import static dev.jiggety.testing.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.jiggety.testing.FaultServer;
import dev.jiggety.testing.FaultServer.Answer;
import dev.jiggety.testing.FaultServer.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client of two hubs, of which one dies. */
class SeveralHubsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private volatile boolean isDead;

  @Test
  void whenOneDiesTheOtherIsAskedAndNoSequenceOfTheFirstIsTakenForItsOwn() {
    try (FaultServer first =
            FaultServer.start(request -> isDead ? new Answer.Cut() : hub(request));
        FaultServer second = FaultServer.start(SeveralHubsTest::hub);
        Hub hub = hubs(first, second)) {
      assertThat(hub.settle(PATIENCE)).isTrue();
      HubDatabase shop = hub.database("shop");
      DatabaseInfo before = shop.info().ok().orElseThrow();
      String since = shop.changes(ChangesRequest.since("0")).ok().orElseThrow().lastSeq();
      assertThat(since).endsWith("7");
      assertThat(shop.changes(ChangesRequest.since(since)).isOk()).isTrue();
      assertThat(asked(first, "since=7")).isTrue();

      Hub here = hub.here();
      isDead = true;
      await().atMost(PATIENCE).until(() -> hub.moves() == 1);
      assertThat(hub.address()).isEqualTo(address(second));
      assertThat(here.address()).as("what was taken from it stays there").isEqualTo(address(first));
      DatabaseInfo after = shop.info().ok().orElseThrow();
      assertThat(after.instanceStartTime())
          .as("made in the same second, and another database all the same")
          .isNotEqualTo(before.instanceStartTime());
      assertThat(shop.changes(ChangesRequest.since(since))).isInstanceOf(Outcome.Unavailable.class);
      assertThat(asked(second, "since=7")).isFalse();
      String anew = shop.changes(ChangesRequest.since("0")).ok().orElseThrow().lastSeq();
      assertThat(shop.changes(ChangesRequest.since(anew)).isOk()).isTrue();
    }
  }

  @Test
  void whatWaitsForTheOneThatDiedIsCut() throws Exception {
    try (FaultServer first =
            FaultServer.start(request ->
                isDead || request.path().contains("/slow") ? new Answer.Stall() : hub(request));
        FaultServer second = FaultServer.start(SeveralHubsTest::hub);
        Hub hub = hubs(first, second)) {
      assertThat(hub.settle(PATIENCE)).isTrue();
      var waiting =
          java.util.concurrent.CompletableFuture.supplyAsync(
              () -> hub.database("shop").get("slow"));
      await().atMost(PATIENCE).until(() -> asked(first, "/slow"));
      isDead = true;
      assertThat(waiting.get(20, java.util.concurrent.TimeUnit.SECONDS))
          .isInstanceOf(Outcome.Unavailable.class);
      assertThat(hub.address()).isEqualTo(address(second));
    }
  }

  @Test
  void oneThatSaysNoIsNotLeftAndNotMovedTo() {
    try (FaultServer first =
            FaultServer.start(request -> isDead ? new Answer.Cut() : hub(request));
        FaultServer second =
            FaultServer.start(
                request -> json(401, "{\"error\":\"unauthorized\",\"reason\":\"no\"}"));
        Hub hub = hubs(first, second)) {
      assertThat(hub.settle(PATIENCE)).isTrue();
      isDead = true;
      await().atMost(PATIENCE).until(() -> second.requests().size() > 12);
      assertThat(hub.address()).isEqualTo(address(first));
    }
  }

  @Test
  void aListIsReadInItsOrder() {
    assertThat(HubAddress.parseAll("b.example, https://a.example ,b.example", Optional.empty()))
        .map(HubAddress::toString)
        .containsExactly("http://b.example:5984", "https://a.example:443");
    assertThatThrownBy(() -> HubAddress.parseAll("http://a.example,", Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Hub hubs(FaultServer first, FaultServer second) {
    return Hub.open(List.of(address(first), address(second)), HubOptions.DEFAULT, List.of("shop"));
  }

  private static HubAddress address(FaultServer server) {
    return HubAddress.parse(server.url().toString(), Optional.empty());
  }

  private static boolean asked(FaultServer server, String what) {
    return server.requests().stream().anyMatch(request -> request.path().contains(what));
  }

  private static Answer hub(Request request) {
    if (request.path().contains("_changes")) {
      return json(200, "{\"results\":[],\"last_seq\":7}");
    }
    JsonObject info = new JsonObject();
    info.addProperty("db_name", "shop");
    info.addProperty("update_seq", 7);
    info.addProperty("instance_start_time", "1700000000");
    return json(200, info.toString());
  }
}
