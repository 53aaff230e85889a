package dev.jiggety.agent.hub.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.AssertionFailedError;

/** Every behaviour, against one server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BehaviourContract {
  static final String ADMIN = "ada";
  static final String PASSWORD = "secret";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger databases = new AtomicInteger();

  /** A server where everybody is administrator. */
  protected abstract URI open();

  /** A server with the administrator {@link #ADMIN}. */
  protected abstract URI guarded();

  /** Called before each behaviour; a server that a request has brought down is started again. */
  protected void revive() throws Exception {}

  /** Behaviours that this server is known not to have, and why. */
  protected abstract Map<String, String> differences();

  @AfterAll
  void closeClient() {
    http.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> servers() {
    return tests(ServerBehaviours.all(), open(), List.of());
  }

  @TestFactory
  Stream<DynamicTest> documents() {
    return tests(DocumentBehaviours.all(), open(), List.of());
  }

  @TestFactory
  Stream<DynamicTest> bulk() {
    return tests(BulkBehaviours.all(), open(), List.of());
  }

  @TestFactory
  Stream<DynamicTest> attachments() {
    return tests(AttachmentBehaviours.all(), open(), List.of());
  }

  @TestFactory
  Stream<DynamicTest> changes() {
    return tests(ChangesBehaviours.all(), open(), List.of());
  }

  @TestFactory
  Stream<DynamicTest> rights() {
    var admin = List.of("Authorization", Couch.basic(ADMIN, PASSWORD));
    return tests(RightsBehaviours.all(), guarded(), admin);
  }

  @Test
  void everyDifferenceIsABehaviour() {
    var names =
        Stream.of(
                ServerBehaviours.all(),
                DocumentBehaviours.all(),
                BulkBehaviours.all(),
                AttachmentBehaviours.all(),
                ChangesBehaviours.all(),
                RightsBehaviours.all())
            .flatMap(List::stream)
            .map(Behaviour::name)
            .toList();
    assertThat(names).doesNotHaveDuplicates().containsAll(differences().keySet());
  }

  private Stream<DynamicTest> tests(List<Behaviour> behaviours, URI server, List<String> headers) {
    return behaviours.stream()
        .map(behaviour ->
            DynamicTest.dynamicTest(behaviour.name(), () -> run(behaviour, server, headers)));
  }

  private void run(Behaviour behaviour, URI server, List<String> headers) throws Exception {
    revive();
    var couch = new Couch(http, server, "behaviour" + databases.incrementAndGet(), headers);
    couch.put("", "").is(201);
    var difference = differences().get(behaviour.name());
    if (difference == null) {
      behaviour.check().run(couch);
    } else if (holds(behaviour, couch)) {
      throw new AssertionFailedError(
          "this server does it now; take it from the list: \"" + difference + "\"");
    }
  }

  private static boolean holds(Behaviour behaviour, Couch couch) {
    try {
      behaviour.check().run(couch);
      return true;
    } catch (Exception | AssertionError e) {
      return false;
    }
  }
}
